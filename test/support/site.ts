import { createServer, type RequestListener } from "node:http";

/** Another site on loopback. */
export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves a site on a free port of loopback. */
export async function serveSite(answer: RequestListener): Promise<Site> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
