/** Where the reader is taken: a page that needs a sign-in, so the address itself tells nothing and opens nothing. */
export const shortLink = (publicUrl: string, messageId: string): string =>
  `${publicUrl.replace(/\/$/, "")}/n/${BigInt(messageId).toString(36)}`;

export const pageOf = (messageId: string): string => `pages/messages/index?open=${messageId}`;
