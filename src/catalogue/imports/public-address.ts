import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "../../core/errors.ts";

/** An address that a host was resolved to and that a connection is held to. */
export interface PinnedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

const ipv4Compatible = ipaddr.IPv6.parseCIDR("::/96");

/** True for an address that anybody on the internet may have: not private, loopback, link-local, carrier-grade NAT, multicast, reserved, nor IPv4 in IPv6's clothes of these. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6 && address.match(ipv4Compatible)) return false;
  return address.range() === "unicast";
}

/** A URL's host as addresses are written: without the brackets of IPv6. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** True if the operator allows this host by its name, with or without port. */
export function isAllowedByName(url: URL, allowedHosts: readonly string[]): boolean {
  return allowedHosts.some((host) => host === url.hostname || host === bareHost(url) || host === url.host);
}

async function resolve(host: string): Promise<readonly PinnedAddress[]> {
  const literal = isIP(host);
  if (literal !== 0) return [{ address: host, family: literal === 6 ? 6 : 4 }];
  try {
    const found = await lookup(host, { all: true, verbatim: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  } catch (cause) {
    throw new AppError("SOURCE_UNREACHABLE", `There is no host ${host}. Is the address right?`, { cause });
  }
}

/** The addresses of a URL's host, all of them public unless the host is allowed by name; throws FORBIDDEN otherwise. */
export async function resolvePublic(url: URL, allowedHosts: readonly string[]): Promise<readonly PinnedAddress[]> {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new AppError("FORBIDDEN", `Only http and https are read, not ${url.protocol}//.`);
  const addresses = await resolve(bareHost(url));
  if (isAllowedByName(url, allowedHosts)) return addresses;
  if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address)))
    throw new AppError(
      "FORBIDDEN",
      `${url.hostname} is no public address. Allow it by name if you mean it: --allow-host ${url.hostname}, or IMPORT_ALLOWED_HOSTS.`,
    );
  return addresses;
}
