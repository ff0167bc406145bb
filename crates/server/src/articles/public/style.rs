//! How the pages look, light and dark, from 320 px on, in either direction of writing.

use crate::updates::public::{COLOURS, theme};
use hypercare_core::article::CentreSettings;

const STYLE: &str = "
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--accent)}
.skip{position:absolute;inset-inline-start:-999px;top:0;background:var(--paper);padding:8px 16px;z-index:2}.skip:focus{inset-inline-start:8px;top:8px}
header,main,footer{max-width:44rem;margin:0 auto;padding:16px}
header{display:flex;flex-wrap:wrap;align-items:center;gap:8px 24px;justify-content:space-between}
.brand{display:flex;align-items:center;gap:10px;font-weight:650;font-size:18px;color:var(--ink);text-decoration:none;padding:4px 0}.brand img{height:28px;width:auto;display:block}
.langs ul{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:0;padding:0;font-size:14px}.langs a{display:inline-block;padding:4px 0}.langs [aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
form.ask{position:relative;margin:8px 0 24px}form.ask label,.field label{display:block;font-weight:600;margin:0 0 4px}
.line{display:flex;gap:8px;flex-wrap:wrap}.line input{flex:1 1 14rem;min-width:0}
input:not([type=hidden]),textarea{width:100%;padding:9px 12px;font:inherit;color:inherit;background:transparent;border:1px solid var(--soft);border-radius:6px}
button{padding:9px 20px;font:inherit;font-weight:600;color:var(--paper);background:var(--accent);border:1px solid var(--accent);border-radius:6px;cursor:pointer}
button.plain{background:transparent;color:var(--accent)}
#found{border:1px solid var(--line);border-radius:8px;margin-top:8px;background:var(--paper)}#found:empty{display:none}
#found a{display:block;padding:10px 14px;color:var(--ink);text-decoration:none;border-top:1px solid var(--line)}#found a:first-child{border-top:0}#found a strong{color:var(--accent);font-weight:600}#found small,#found p{display:block;margin:0;color:var(--soft)}#found p{padding:10px 14px}
h1{font-size:28px;line-height:1.25;margin:8px 0 12px}h2{font-size:20px;line-height:1.3;margin:36px 0 8px}h3{font-size:17px;margin:24px 0 4px}h4,h5,h6{font-size:16px;margin:20px 0 4px}
p{margin:0 0 12px}.lead,.when,small{color:var(--soft)}.when,small{font-size:14px}
nav.way{font-size:14px;margin-bottom:8px}nav.way ol{display:flex;flex-wrap:wrap;gap:0 8px;list-style:none;margin:0;padding:0}nav.way li+li::before{content:'›';color:var(--soft);margin-inline-end:8px}nav.way a{display:inline-block;padding:4px 0}
ul.shelf{list-style:none;padding:0;margin:0;display:grid;gap:12px}ul.shelf>li{border:1px solid var(--line);border-radius:8px;padding:14px 16px}ul.shelf h2{margin:0 0 2px;font-size:18px}ul.shelf p{margin:0}
ul.list{list-style:none;padding:0;margin:0 0 8px}ul.list>li{padding:8px 0;border-top:1px solid var(--line)}ul.list>li:first-child{border-top:0}ul.list p{margin:0;color:var(--soft);font-size:15px}
.toc{border:1px solid var(--line);border-radius:8px;padding:12px 16px;margin:16px 0}.toc h2{font-size:15px;margin:0 0 4px}.toc ul{margin:0;padding-inline-start:20px}.toc .sub{margin-inline-start:16px}
.body img{max-width:100%;height:auto;border-radius:6px}.body img:not([src]){display:none}
.body pre{overflow-x:auto;padding:12px;border:1px solid var(--line);border-radius:6px}.body code,.body kbd{font:14px/1.5 ui-monospace,monospace}
.body blockquote{margin:0 0 12px;padding-inline-start:16px;border-inline-start:3px solid var(--line);color:var(--soft)}
.table{overflow-x:auto;margin:0 0 16px}table{border-collapse:collapse;min-width:100%}th,td{border-bottom:1px solid var(--line);padding:6px 12px 6px 0;text-align:start;vertical-align:top;overflow-wrap:normal}[dir=rtl] :is(th,td){padding:6px 0 6px 12px}
.note{border:1px solid var(--line);border-inline-start:6px solid var(--none);border-radius:8px;padding:10px 14px;margin:0 0 16px}
.notice{border:1px solid var(--accent);border-inline-start:6px solid var(--accent);border-radius:6px;padding:12px 16px;margin:0 0 16px}.notice p{margin:0 0 4px}
.answer{border:1px solid var(--line);border-inline-start:6px solid var(--accent);border-radius:8px;padding:14px 16px;margin:0 0 20px}.answer h2{margin:0 0 8px}.answer .said{white-space:pre-line}
.rate{border-top:1px solid var(--line);margin:40px 0 20px;padding-top:16px}.rate h2{font-size:17px;margin:0 0 8px}.rate .line{align-items:center}
.field{margin:0 0 16px}[aria-invalid]{border-color:var(--critical)!important}.error{display:block;color:var(--critical);margin-top:4px}
.pointer{border-inline-start:3px solid var(--accent);padding-inline-start:16px}
footer{border-top:1px solid var(--line);margin-top:32px;font-size:14px;color:var(--soft)}footer ul{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;margin:0;padding:0}footer a{display:inline-block;padding:4px 0}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}main:focus{outline:0}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{header,footer,form,.rate,.toc{display:none}}";

/// The style sheet of the help centre.
pub fn of(settings: &CentreSettings) -> String {
    format!("{COLOURS}{}{STYLE}", theme(settings))
}
