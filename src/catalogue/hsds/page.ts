import { z } from "zod";

/** A page of a list as HSDS writes it; `item` is what it lists. */
export function pageShape(item: z.ZodType) {
  return z.strictObject({
    total_items: z.int().min(0),
    total_pages: z.int().min(0),
    page_number: z.int().min(1),
    size: z.int().min(0),
    first_page: z.boolean(),
    last_page: z.boolean(),
    empty: z.boolean(),
    contents: z.array(item),
  });
}

/** The entries of one page. */
export function entriesOf<Item>(
  items: readonly Item[],
  { number, size }: { readonly number: number; readonly size: number },
): readonly Item[] {
  return items.slice((number - 1) * size, number * size);
}

/** One page of a list; only what stands on it is made into what is shown. A page after the last one is empty. */
export function makePage<Item, Shown>(
  items: readonly Item[],
  page: { readonly number: number; readonly size: number },
  show: (item: Item) => Shown,
) {
  const { number, size } = page;
  const contents = entriesOf(items, page).map(show);
  const pages = Math.ceil(items.length / size);
  return {
    total_items: items.length,
    total_pages: pages,
    page_number: number,
    size: contents.length,
    first_page: number === 1,
    last_page: number >= pages,
    empty: contents.length === 0,
    contents,
  };
}
