import type { FC } from "hono/jsx";

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly addressOf: (page: number) => string;
  readonly words: {
    readonly page: (page: number, pages: number) => string;
    readonly older: string;
    readonly newer: string;
  };
}

/** Which page of a list this is, and links to its neighbours; nothing where all stands on one. */
export const Pager: FC<PagerProps> = ({ page, pages, addressOf, words }) =>
  pages === 1 && page === 1 ? null : (
    <p class="actions pager">
      {page > 1 ? <a href={addressOf(Math.min(page - 1, pages))}>{words.newer}</a> : null}
      <span>{words.page(page, pages)}</span>
      {page < pages ? <a href={addressOf(page + 1)}>{words.older}</a> : null}
    </p>
  );
