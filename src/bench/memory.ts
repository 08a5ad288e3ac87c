import { startCluster } from "./cluster.ts";
import { startFakePlatform } from "./fake-platform.ts";
import { residentMegabytesOf } from "./process-memory.ts";
import { postAll, waitForAnswers } from "./telegram-load.ts";
import { withWholeProduct } from "./whole-product.ts";

/** Resident memory of the process after so many messages. */
export interface MemorySample {
  readonly messages: number;
  readonly megabytes: number;
}

/** What `bench -- throughput --memory N` prints. */
export interface MemoryReport {
  readonly messages: number;
  readonly samples: readonly MemorySample[];
  /** Of the last fifth of the messages against the second fifth, as a share; the first fifth fills what is remembered. */
  readonly change: number;
  /** Of the line through all samples after the first fifth. */
  readonly kilobytesPerThousand: number;
}

export interface MemoryOptions {
  readonly messages: number;
  readonly embedded: boolean;
  readonly questions: readonly string[];
  readonly dataDir: string;
  readonly onProgress: (messages: number) => void;
}

const sampleCount = 50;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Change and slope of samples that are evenly far from each other; the first fifth is not looked at. */
export function judgeMemory(samples: readonly MemorySample[]): Pick<MemoryReport, "change" | "kilobytesPerThousand"> {
  const size = Math.max(1, Math.floor(samples.length / 5));
  const megabytes = samples.map((sample) => sample.megabytes);
  const change = mean(megabytes.slice(-size)) / mean(megabytes.slice(size, 2 * size)) - 1;
  const later = samples.slice(size);
  const middle = { messages: mean(later.map((each) => each.messages)), megabytes: mean(later.map((each) => each.megabytes)) };
  const spread = later.reduce((sum, each) => sum + (each.messages - middle.messages) ** 2, 0);
  const slope = later.reduce((sum, each) => sum + (each.messages - middle.messages) * (each.megabytes - middle.megabytes), 0) / spread;
  return { change: Math.round(1000 * change) / 1000, kilobytesPerThousand: Math.round(slope * 1024 * 1000) };
}

/** Has one process of the product answer many messages, each of another chat, and looks at its memory again and again. */
export async function measureMemory({ messages, embedded, questions, dataDir, onProgress }: MemoryOptions): Promise<MemoryReport> {
  const deliveredAt = new Map<string, number>();
  const platform = await startFakePlatform({ onDelivery: ({ chat, at }) => void deliveredAt.set(chat, at) });
  const cluster = embedded ? undefined : await startCluster();
  const samples: MemorySample[] = [];
  const step = Math.max(1, Math.round(messages / sampleCount));
  try {
    await withWholeProduct({ cluster, platform, deliveredAt }, dataDir, async (product, client) => {
      for (let done = step; done <= messages; done += step) {
        await waitForAnswers(deliveredAt, await postAll(client, step, (index) => questions[(done + index) % questions.length] ?? "Hallo"));
        samples.push({ messages: done, megabytes: await residentMegabytesOf(product.pid) });
        onProgress(done);
      }
    });
    return { messages, samples, ...judgeMemory(samples) };
  } finally {
    await platform.close();
    await cluster?.stop();
  }
}
