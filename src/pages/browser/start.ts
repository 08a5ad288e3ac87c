/** The widget as this page uses it. */
interface Chat extends HTMLElement {
  send(text: string): Promise<void>;
}

const isChat = (element: Element | null): element is Chat => element !== null && "send" in element;

document.addEventListener("click", (event) => {
  const chat = document.querySelector("stadtlotse-chat");
  if (!(event.target instanceof Element) || !isChat(chat)) return;
  if (event.target.closest("[data-to-chat]") !== null) {
    event.preventDefault();
    chat.focus();
  }
  const question = event.target.closest<HTMLElement>("[data-question]")?.dataset["question"];
  if (question === undefined) return;
  chat.scrollIntoView({ block: "nearest" });
  void chat.send(question);
});
