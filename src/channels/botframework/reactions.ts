/** Names that platforms have for the two thumbs: the schema's own (like, plusOne), the signs themselves in any skin tone, and Teams' names, which begin with the code point. */
const thumbs: { readonly right: RegExp; readonly wrong: RegExp } = {
  right: /^(?:like|plusone|1f44d.*|\u{1f44d}.*)$/iu,
  wrong: /^(?:dislike|minusone|1f44e.*|\u{1f44e}.*)$/iu,
};

/** The rating that a reaction to an answer stands for; undefined for all but thumbs, which could mean anything. */
export function ratingOf(reaction: string): "right" | "wrong" | undefined {
  if (thumbs.right.test(reaction)) return "right";
  return thumbs.wrong.test(reaction) ? "wrong" : undefined;
}
