import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Of IPv6 a household has so many bits. */
const providersPrefix = 64;

/** Undefined for what is no address. */
export function parseAddress(text: string): Address | undefined {
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

/** One household's part of IPv6, which has a /64; an IPv4 address as it is. */
export function placeOf(address: Address): string {
  if (address.kind() === "ipv4") return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${providersPrefix}`)}/${providersPrefix}`;
}
