/** Who tries a code; `client` is the keyed hash of the network address, where a channel knows it. */
export interface CodeTrier {
  readonly conversationId: string;
  readonly client?: string | undefined;
}

/** Wrong return codes and receipts, so that nobody tries many. */
export interface CodeTries<Transaction> {
  /** True after too many wrong ones: for an hour in the same conversation, for ten minutes from the same address. Right ones are then refused as well. */
  areTooMany(trier: CodeTrier): Promise<boolean>;
  /** Remembers a wrong code, inside the turn's transaction. A conversation that is erased keeps its count: it holds no words, and would be a way around it. */
  count(transaction: Transaction, trier: CodeTrier): Promise<void>;
}
