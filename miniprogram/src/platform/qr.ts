import { renderSVG } from "uqr";

/** A QR code as an SVG document, with the quiet margin scanners need. */
export const qrSvg = (text: string): string => renderSVG(text, { ecc: "M", border: 3, pixelSize: 8 });
