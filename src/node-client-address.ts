import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const providersPrefix = 64;

function parseAddress(text: string): Address | undefined {
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

function parseNetwork(text: string): readonly [Address, number] {
  if (text.includes("/")) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.toByteArray().length * 8];
}

const isIn = (address: Address, [network, bits]: readonly [Address, number]) =>
  address.kind() === network.kind() && address.match(network, bits);

/** One household's part of IPv6, which has a /64; an IPv4 address as it is. */
function placeOf(address: Address): string {
  if (address.kind() === "ipv4") return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${providersPrefix}`)}/${providersPrefix}`;
}

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
