/* What the page does in the browser: draw answers as they stream in, open the article behind a marker, and
   ask before articles are removed. All HTML it is given was escaped in render.py. */
window.briefing = (() => {
  "use strict";
  const NEAR = 160; // pixels from the bottom that still count as reading along
  const UNREACHED = "The article could not be opened: briefing does not answer. Is it still running?";

  const element = (tag, name) => Object.assign(document.createElement(tag), { className: name });

  // Conversations: what was drawn once is left alone, so that focus, selection and opened details stay.

  function conversation(host, props, watch) {
    const root = host.querySelector(".conversation");
    const turns = [];
    const draw = () => {
      const tellings = props.value || [];
      const page = document.scrollingElement;
      const alongside = page.scrollHeight - page.scrollTop - page.clientHeight < NEAR;
      const isNew = tellings.length > turns.length;
      while (turns.length > tellings.length) turns.pop().section.remove();
      tellings.forEach((telling, place) => {
        if (!turns[place]) root.append((turns[place] = turn(telling.job)).section);
        fill(turns[place], telling);
      });
      if (turns.length && (isNew || alongside)) follow(turns.at(-1).section);
    };
    watch("value", draw);
    draw();
  }

  function turn(job) {
    const section = element("section", `turn ${job}`);
    const parts = { section, prose: element("div", "prose"), sentences: [] };
    const answer = element("article", "answer");
    for (const name of ["head", "notices", "foot"]) parts[name] = element("div", name);
    answer.append(parts.notices, parts.prose, parts.foot);
    section.append(parts.head, answer);
    return parts;
  }

  function fill(parts, telling) {
    for (const name of ["head", "notices", "foot"]) {
      if (parts[name].drawn !== telling[name]) parts[name].innerHTML = parts[name].drawn = telling[name];
    }
    const said = telling.sentences;
    const changed = said.findIndex((html, place) => parts.sentences[place]?.drawn !== html);
    const from = changed < 0 ? said.length : changed;
    parts.sentences.splice(from).forEach((node) => node.remove());
    for (const html of said.slice(from)) {
      const box = document.createElement("template");
      box.innerHTML = html;
      const node = box.content.firstElementChild;
      node.drawn = html;
      parts.prose.append(node, " ");
      parts.sentences.push(node);
    }
  }

  // Keep the newest words in sight, but never push the question out at the top.
  function follow(section) {
    const page = document.scrollingElement;
    const top = section.getBoundingClientRect().top + page.scrollTop - 24;
    const bottom = page.scrollHeight - page.clientHeight;
    window.scrollTo({ top: Math.min(top, bottom) });
  }

  // The article panel.

  function panel(host, props, server) {
    const sheet = host.querySelector(".sheet");
    const box = sheet.querySelector(".scroll");
    const idle = props.value;
    let opener = null;
    let asked = 0;
    box.innerHTML = idle;

    async function open(link) {
      const request = ++asked;
      const answer = link.closest(".answer");
      const target = link.getAttribute("href");
      const links = answer ? [...answer.querySelectorAll("a.cite")] : [];
      const also = [...new Set(links.map((each) => each.getAttribute("href")))].filter((each) => each !== target);
      point(link);
      let html;
      try {
        html = await server.open_marker({ target, also });
      } catch {
        html = `<p class="message">${UNREACHED}</p>`;
      }
      if (request !== asked) return; // another marker was chosen meanwhile
      box.innerHTML = html;
      sheet.classList.add("open");
      show(box.querySelector("mark.cited"));
    }

    // Scrolls this box alone: scrollIntoView would move the whole page.
    function show(mark) {
      box.scrollTop = 0;
      const down = mark ? mark.getBoundingClientRect().top - box.getBoundingClientRect().top : 0;
      // A mark near the beginning is seen together with the headline.
      if (down > box.clientHeight / 2) box.scrollTop = down - box.clientHeight / 3;
      const focus = mark || box.querySelector("h2") || box;
      focus.tabIndex = focus === box ? 0 : -1;
      focus.focus({ preventScroll: true });
    }

    function point(link) {
      document.querySelector("a[aria-current]")?.removeAttribute("aria-current");
      link?.setAttribute("aria-current", "true");
      if (link) opener = link;
    }

    function close() {
      asked += 1;
      sheet.classList.remove("open");
      box.innerHTML = idle;
      point(null);
      const back = opener?.isConnected ? opener : document.querySelector("#question textarea, #question input");
      back?.focus({ preventScroll: true });
    }

    document.addEventListener(
      "click",
      (event) => {
        const link = event.target.closest?.("a.cite, a.open");
        if (!link) return;
        event.preventDefault();
        open(link);
      },
      true,
    );
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && sheet.classList.contains("open")) close();
    });
    sheet.querySelector(".close").addEventListener("click", close);
  }

  // The table of articles.

  function shelf(host, watch, remove) {
    const chosen = () => [...host.querySelectorAll("input:checked")].map((box) => box.value);
    const words = (number) => (number === 1 ? "1 article" : `${number} articles`);
    const settle = (confirming) => {
      const button = host.querySelector(".remove");
      if (!button) return;
      const number = chosen().length;
      button.disabled = !number;
      button.hidden = confirming;
      host.querySelector(".confirm").hidden = !confirming;
      host.querySelector(".confirm-words").textContent = confirming ? `Remove ${words(number)} from the library?` : "";
    };
    host.addEventListener("change", () => settle(false));
    host.addEventListener("click", (event) => {
      if (event.target.matches(".remove")) {
        settle(true);
        host.querySelector(".keep").focus();
      }
      if (event.target.matches(".keep")) {
        settle(false);
        host.querySelector(".remove").focus();
      }
      if (event.target.matches(".really")) remove(chosen());
      // The whole row opens its article, but for the cell of its checkbox, and not while words are being selected.
      const row = event.target.closest("tbody tr");
      const choosing = event.target.closest("a, td:first-child") || !getSelection().isCollapsed;
      if (row && !choosing) row.querySelector("a.open").click();
    });
    // Rows are reused for other articles when the list changes, so no choice may outlive it.
    watch("value", () => {
      for (const box of host.querySelectorAll("input")) box.checked = false;
      settle(false);
    });
  }

  const turnTo = (tab) => document.querySelector(`[role="tab"][data-tab-id="${tab}"]`).click();

  return { conversation, panel, shelf, turnTo };
})();
