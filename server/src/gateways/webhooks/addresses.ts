import { BlockList, isIP, isIPv6 } from "node:net";

/** What does not lead to the open internet (IANA special-purpose registries): private, local, shared, test, multicast. */
const CLOSED = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  CLOSED.addSubnet(net, bits, "ipv4");

/** Of IPv6 only what was given out for the open internet, without the ways that carry an IPv4 address inside. */
const OPEN_IPV6 = new BlockList();
OPEN_IPV6.addSubnet("2000::", 3, "ipv6");
const CLOSED_IPV6 = new BlockList();
for (const [net, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  CLOSED_IPV6.addSubnet(net, bits, "ipv6");

/** Whether a resolved address lies in the open internet. */
export function isOpen(address: string): boolean {
  if (isIPv6(address)) return OPEN_IPV6.check(address, "ipv6") && !CLOSED_IPV6.check(address, "ipv6");
  return isIP(address) === 4 && !CLOSED.check(address, "ipv4");
}

export const isLoopback = (address: string): boolean => address === "::1" || /^127(\.\d{1,3}){3}$/.test(address);
