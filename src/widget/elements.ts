/** Makes an element; its text is only ever text. Texts choose their own direction. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  options: { readonly className?: string; readonly text?: string; readonly children?: readonly Node[] } = {},
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (options.className !== undefined) made.className = options.className;
  if (options.text !== undefined) {
    made.textContent = options.text;
    made.dir = "auto";
  }
  made.append(...(options.children ?? []));
  return made;
}

/** The address if a browser may open it as a page, else undefined. */
export function webAddress(url: string): URL | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed : undefined;
}
