//! The status page's looks, light and dark, from 320 px on. Colour never stands alone: a sign and a word are beside it.

macro_rules! colours {
    () => {
        "
:root{color-scheme:light dark;--ink:#1c1e21;--paper:#fff;--soft:#5f6670;--line:#d5d9e0;--accent:#2f5bd7;--none:#2f5bd7;--minor:#8a5a00;--major:#b3400e;--critical:#b3261e;--fine:#1a7040}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#16181c;--soft:#a3abb6;--line:#3a4048;--accent:#8fb0ff;--none:#8fb0ff;--minor:#f0b95c;--major:#ff9d6e;--critical:#ff8a80;--fine:#6fd39a}}
"
    };
}

/// The colours that the status page and the help centre share.
pub const COLOURS: &str = colours!();

/// Its style sheet.
pub const STYLE: &str = concat!(
    colours!(),
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:44rem;margin:0 auto;padding:32px 16px 64px}header{max-width:44rem;margin:0 auto;padding:24px 16px 0}header img{height:28px;width:auto;display:block}header+main{padding-top:16px}
h1{font-size:24px;line-height:1.25;margin:0 0 16px}h2{font-size:18px;margin:40px 0 8px}h3,h4{font-size:17px;margin:0 0 4px}article h3,article h5{font-size:14px;margin:16px 0 0;color:var(--soft)}
p{margin:4px 0}.lead,.when,small{color:var(--soft);font-size:14px}
.now{padding:16px;border:1px solid var(--line);border-left:6px solid var(--fine);border-radius:8px;font-weight:600}
article{margin:16px 0;padding:16px;border:1px solid var(--line);border-left:6px solid var(--none);border-radius:8px}
.minor{border-left-color:var(--minor)}.major{border-left-color:var(--major)}.critical{border-left-color:var(--critical)}.resolved{border-left-color:var(--fine)}
article h2{margin:0 0 4px}.next{margin-top:16px}.old{border-left:1px solid var(--line);padding:12px 16px}.corrected{color:var(--soft)}
.day{border-top:1px solid var(--line);padding-top:16px}
a{color:var(--accent)}label{display:block;font-weight:600;margin:8px 0 4px}
textarea,select,input:not([type=radio]):not([type=checkbox]){box-sizing:border-box;width:100%;max-width:24rem;padding:8px;font:inherit;color:inherit;background:transparent;border:1px solid var(--soft);border-radius:6px}
button{display:block;margin-top:12px;padding:10px 24px;font:inherit;font-weight:600;color:var(--paper);background:var(--accent);border:0;border-radius:6px}
fieldset{border:1px solid var(--line);border-radius:8px;margin:16px 0;padding:8px 16px 12px}legend{font-weight:600;padding:0 4px}
label.face,label.pick{display:flex;gap:8px;align-items:center;font-weight:400;padding:8px 0;margin:0;cursor:pointer}label.face span{font-size:24px}
input[type=radio],input[type=checkbox]{width:20px;height:20px;flex:none;accent-color:var(--accent)}
.error{color:var(--critical)}nav{display:flex;flex-wrap:wrap;gap:4px 20px;margin-top:32px;font-size:14px}nav a{padding:4px 0}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}"
);
