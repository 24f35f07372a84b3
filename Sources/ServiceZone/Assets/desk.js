// Keys for officers: j and k move through a list, Enter opens; in a case, u goes back to its list. Everything works without.
(() => {
  const table = document.querySelector("table[data-keys]");
  const back = document.querySelector("a[data-back]");
  const typing = (target) => target.closest("input, select, textarea, [contenteditable]");
  if (table) {
    document.documentElement.classList.add("scripted");
    const rows = [...table.tBodies[0].rows];
    let at = -1;
    const choose = (next) => {
      if (next < 0 || next >= rows.length) return;
      if (at >= 0) rows[at].classList.remove("chosen");
      at = next;
      rows[at].classList.add("chosen");
      rows[at].querySelector("a").focus({ preventScroll: true });
      rows[at].scrollIntoView({ block: "nearest" });
    };
    rows.forEach((row, index) => {
      row.addEventListener("click", (event) => {
        if (!event.target.closest("a") && !getSelection().toString()) row.querySelector("a").click();
      });
      row.querySelector("a").addEventListener("focus", () => { if (at !== index) choose(index); });
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (event.key === "j") choose(at + 1);
      if (event.key === "k") choose(Math.max(0, at - 1));
    });
  }
  if (back) {
    document.addEventListener("keydown", (event) => {
      if (event.key === "u" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) back.click();
    });
  }
  document.querySelector(".errors")?.focus();
})();
