/** Reads texts aloud with voices of this device; texts go nowhere. */
export interface Reader {
  /** True if this device has a voice of its own for the language. */
  canRead(lang: string): boolean;
  /** Reads a text, in place of what is being read; `ended` is called when it is over, however it ends. */
  read(text: string, lang: string, ended: () => void): void;
  stop(): void;
}

/** Voices come late on some devices: `changed` is called when there are others. */
export function createReader(speech: SpeechSynthesis | undefined, changed: () => void): Reader {
  const voiceFor = (lang: string) =>
    speech?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === (lang || "de"));
  speech?.addEventListener?.("voiceschanged", changed);
  return {
    canRead: (lang) => voiceFor(lang) !== undefined,
    read: (text, lang, ended) => {
      const voice = voiceFor(lang);
      if (speech === undefined || voice === undefined) return ended();
      speech.cancel();
      const said = new SpeechSynthesisUtterance(text);
      said.voice = voice;
      said.lang = voice.lang;
      said.addEventListener("end", ended);
      said.addEventListener("error", ended);
      speech.speak(said);
    },
    stop: () => speech?.cancel(),
  };
}

/** What browsers have for it; TypeScript's library does not know it. */
interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start(): void;
  abort(): void;
}

type RecognitionEvent = Event & { readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>> };

function findRecognition(): (new () => Recognition) | undefined {
  const found: unknown = Reflect.get(globalThis, "SpeechRecognition") ?? Reflect.get(globalThis, "webkitSpeechRecognition");
  return typeof found === "function" ? (found as new () => Recognition) : undefined;
}

/** True if the browser can turn speech into text; some send the sound to their maker for it. */
export function canDictate(): boolean {
  return findRecognition() !== undefined;
}

/** Listening that is under way. */
export interface Dictation {
  /** The words, or undefined where nothing was understood or it was ended. */
  readonly words: Promise<string | undefined>;
  end(): void;
}

/** Listens once. */
export function dictate(lang: string): Dictation {
  const Kind = findRecognition();
  if (Kind === undefined) return { words: Promise.resolve(undefined), end: () => undefined };
  const recognition = new Kind();
  recognition.lang = lang;
  recognition.interimResults = false;
  const words = new Promise<string | undefined>((resolve) => {
    recognition.addEventListener("result", (event) => resolve((event as RecognitionEvent).results[0]?.[0]?.transcript));
    recognition.addEventListener("error", () => resolve(undefined));
    recognition.addEventListener("end", () => resolve(undefined));
  });
  recognition.start();
  return { words, end: () => recognition.abort() };
}
