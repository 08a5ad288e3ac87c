/** Lines on a page of what staff look through. */
const linesOfPage = 25;

/** Tells of a text whether it holds every word of a search, in whatever case. */
export function holdsWords(q: string): (text: string) => boolean {
  const wanted = q.toLocaleLowerCase("de").split(/\s+/);
  return (text) => {
    const folded = text.toLocaleLowerCase("de");
    return wanted.every((word) => folded.includes(word));
  };
}

/** One page of a list, counted from 1; a page behind the last one is empty. */
export function pageOf<Line>(all: readonly Line[], page: number): { readonly pages: number; readonly shown: readonly Line[] } {
  return {
    pages: Math.max(1, Math.ceil(all.length / linesOfPage)),
    shown: all.slice((page - 1) * linesOfPage, page * linesOfPage),
  };
}
