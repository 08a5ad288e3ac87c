import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import ipaddr from "ipaddr.js";
import { type Address, parseAddress, placeOf } from "./channels/directline/network.ts";

function parseNetwork(text: string): readonly [Address, number] {
  if (text.includes("/")) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.toByteArray().length * 8];
}

const isIn = (address: Address, [network, bits]: readonly [Address, number]) =>
  address.kind() === network.kind() && address.match(network, bits);

/**
 * Tells where a request came from: of the connection and what proxies wrote into X-Forwarded-For, the last address that is no trusted proxy (addresses, or networks
 * such as 10.0.0.0/8). Undefined where none is left, since a proxy that says nothing would make one person of everybody.
 */
export function createClientAddress(trustedProxies: readonly string[]): (c: Context) => string | undefined {
  const trusted = trustedProxies.map(parseNetwork);
  return (c) => {
    const forwarded = (c.req.header("X-Forwarded-For") ?? "").split(",").map((each) => each.trim());
    for (const text of [getConnInfo(c).remote.address ?? "", ...forwarded.reverse()]) {
      const address = parseAddress(text);
      if (address === undefined) return undefined;
      if (!trusted.some((network) => isIn(address, network))) return placeOf(address);
    }
    return undefined;
  };
}
