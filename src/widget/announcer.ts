/** A line for screen readers, in its language; without one it is in the panel's. */
export interface SpokenLine {
  readonly text: string;
  readonly lang?: string;
}

/** Has screen readers say lines, each once. */
export interface Announcer {
  /** What comes at once is said together; what comes while nobody can see the region waits for the next call. */
  say(lines: readonly SpokenLine[]): void;
}

/** A region that is emptied and filled in one go is not read again if the text is the same. */
const sayAfterMs = 50;

/** `region` is a live region, or null while there is none. */
export function createAnnouncer(region: () => Element | null): Announcer {
  let waiting: readonly SpokenLine[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const fill = (into: Element): void => {
    const said = waiting.map(({ text, lang = "" }) => {
      const line = document.createElement("p");
      line.textContent = text;
      if (lang !== "") line.lang = lang;
      return line;
    });
    waiting = [];
    into.replaceChildren(...said);
  };

  return {
    say: (lines) => {
      waiting = [...waiting, ...lines];
      const into = region();
      if (into === null || waiting.length === 0 || !into.checkVisibility()) return;
      into.replaceChildren();
      clearTimeout(timer);
      timer = setTimeout(() => fill(into), sayAfterMs);
    },
  };
}
