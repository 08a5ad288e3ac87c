/** Closes opened details with Esc (focus goes back to the summary) and when the focus leaves, so that they cover nothing. */
export function closeLikeMenu(menus: Iterable<HTMLDetailsElement>): void {
  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
    menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
    });
  }
}
