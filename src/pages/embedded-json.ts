/** JSON that stays data inside a script element, whatever it holds. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
