import { renderSVG } from "uqr";

/** The same as an address for `mask-image`: only the dark squares cover. WeChat shows no inline SVG, but masks with it. */
export const qrMask = (text: string): string =>
  `url("data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc: "M", border: 0, pixelSize: 8, whiteColor: "transparent" }))}")`;

/** A QR code as an SVG document, with the quiet margin scanners need. */
export const qrSvg = (text: string): string => renderSVG(text, { ecc: "M", border: 3, pixelSize: 8 });
