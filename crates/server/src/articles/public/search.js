// Shows what fits while somebody types. Without it the form is sent as any other.
(() => {
  const input = document.getElementById("q");
  const found = document.getElementById("found");
  if (!input || !found) return;
  const lang = input.form.elements.lang.value;
  let timer, asking, last = "";

  const close = () => found.replaceChildren();
  const line = (path, title, below, tag) => {
    const link = document.createElement("a");
    link.href = path;
    const name = document.createElement("strong");
    name.textContent = title;
    link.append(name);
    if (below) {
      const small = document.createElement("small");
      small.textContent = below;
      link.append(small);
    }
    if (tag && tag !== lang) link.lang = tag;
    return link;
  };

  async function ask() {
    const q = input.value.trim();
    if (q === last) return;
    last = q;
    asking?.abort();
    if (q.length < 2) return close();
    asking = new AbortController();
    try {
      const address = "/api/v1/public/help/suggest?" + new URLSearchParams({ q, lang });
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return close();
      const { answer: said, answer_path, articles } = await answer.json();
      const lines = [];
      if (said) {
        const whole = "/help?" + new URLSearchParams({ lang, q });
        lines.push(line(answer_path ?? whole, found.dataset.answer + ": " + said.title, said.text.split("\n")[0], ""));
      }
      for (const one of articles) if (one.path !== answer_path) lines.push(line(one.path, one.title, one.summary, one.lang));
      found.replaceChildren(...lines);
    } catch {
      // Stopped because more was typed, or there is no connection: the form still works.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.form.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && links.length) {
      close();
      input.focus();
    } else if (event.key === "ArrowDown" && links.length && at < links.length - 1) {
      event.preventDefault();
      links[at + 1].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] ?? input).focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!input.form.contains(event.target)) close();
  });
})();
