import type { UpgradeWebSocket, WSEvents } from "hono/ws";
import { defineWebSocketHelper, WSContext } from "hono/ws";

/** The server's end of a pair, as workerd has it. */
interface ServerSocket {
  accept(): void;
  send(data: string | ArrayBuffer): void;
  close(code?: number, reason?: string): void;
  readonly readyState: number;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "close", listener: (event: CloseEvent) => void): void;
  addEventListener(type: "error", listener: (event: Event) => void): void;
}

declare const WebSocketPair: new () => { readonly 0: object; readonly 1: ServerSocket };

const switchingProtocols = 101;
const readyStates = [0, 1, 2, 3] as const;

function hear(server: ServerSocket, socket: WSContext, events: WSEvents): void {
  server.addEventListener("message", (event) => void events.onMessage?.(event, socket));
  server.addEventListener("close", (event) => {
    // workerd leaves the second half of the farewell to us.
    server.close();
    events.onClose?.(event, socket);
  });
  // A client that is gone without a farewell; what was under way to it is told as a fault.
  server.addEventListener("error", (event) => events.onError?.(event, socket));
}

/** WebSockets of workerd. Hono's own never says that one is open. */
export const upgradeWebSocket: UpgradeWebSocket = defineWebSocketHelper(async (_c, events) => {
  const { 0: client, 1: server } = new WebSocketPair();
  const socket = new WSContext({
    send: (data) => server.send(data instanceof Uint8Array ? new Uint8Array(data).buffer : (data as string | ArrayBuffer)),
    close: (code, reason) => server.close(code, reason),
    get readyState() {
      return readyStates[server.readyState as 0] ?? 3;
    },
  });
  hear(server, socket, events);
  server.accept();
  events.onOpen?.(new Event("open"), socket);
  return new Response(null, { status: switchingProtocols, webSocket: client } as ResponseInit);
});
