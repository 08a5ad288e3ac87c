/** The tag is copied by a press; without the clipboard it is marked, so that it can be copied by hand. */
document.querySelector<HTMLButtonElement>("#copy")?.addEventListener("click", async ({ currentTarget }) => {
  const tag = document.querySelector<HTMLTextAreaElement>("#tag");
  const said = document.querySelector("#copied");
  if (tag === null || said === null || !(currentTarget instanceof HTMLButtonElement)) return;
  const { done = "", byHand = "" } = currentTarget.dataset;
  try {
    await navigator.clipboard.writeText(tag.value);
    said.textContent = done;
  } catch {
    tag.select();
    said.textContent = byHand;
  }
});
