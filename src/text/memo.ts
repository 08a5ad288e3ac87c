/** Longer keys are worked out anew each time: they hardly come twice, and would take the room of many words. */
const longestKey = 100;

/**
 * Remembers what a pure function gave for a text, for the `most` texts last asked for at least and twice as many at most: words come again from message to message.
 * Two maps take turns, so that remembering costs no order of use.
 */
export function createMemo<Value extends NonNullable<unknown>>(work: (key: string) => Value, most: number): (key: string) => Value {
  let recent = new Map<string, Value>();
  let older = new Map<string, Value>();

  function keep(key: string, value: Value): Value {
    if (recent.size >= most) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, value);
    return value;
  }

  return (key) => {
    if (key.length > longestKey) return work(key);
    return recent.get(key) ?? keep(key, older.get(key) ?? work(key));
  };
}

/** Remembers what a pure function gave for the text that it was asked for last: several readers look at one message after the other. */
export function rememberLast<Value>(work: (text: string) => Value): (text: string) => Value {
  let last: { readonly text: string; readonly value: Value } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: work(text) };
    return last.value;
  };
}
