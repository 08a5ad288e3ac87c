/** Sets a city's colours on an element; what the page around it says about the same property wins. Not by a style attribute: strict policies forbid that. */
export function applyTheme(host: HTMLElement, theme: Readonly<Record<string, string>>): void {
  const root = host.shadowRoot;
  if (root === null) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":host{}");
  const rule = sheet.cssRules[0];
  if (!(rule instanceof CSSStyleRule)) return;
  for (const [name, value] of Object.entries(theme)) if (name.startsWith("--stadtlotse-")) rule.style.setProperty(name, value);
  root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];
}
