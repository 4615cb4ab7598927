// Line drawings on a 24 × 24 grid, made for this app. One stroke colour; AppIcon uses them as masks.
const STROKES = {
  home: "M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
  filings: "M7 3h7l4 4v13a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v4h4M9 12h6M9 16h6",
  messages: "M4 6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-7l-4 4v-4H5a1 1 0 0 1-1-1zM8 9.5h8M8 13h5",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.6-4 4-6 8-6s7.400 2 8 6",
  write: "M4 20h4L19 9l-4-4L4 16zM13.500 6.500l4 4",
  case: "M4 9h16v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM9 9V6a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v3M4 13h16",
  scales: "M12 4v16M8 20h8M5 7h14M5 7l-2.500 6h5zM19 7l-2.500 6h5zM12 4l0 0",
  fee: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 8l3.500 4.500L15.500 8M12 12.500V17M9 13h6M9 15.500h6",
  calendar: "M5 6h14v14H5zM5 10h14M9 3.500V8M15 3.500V8M9 14h2M13 14h2M9 17h2",
  court: "M3 10 12 4l9 6zM5 10v8M9.500 10v8M14.500 10v8M19 10v8M3 20.500h18",
  guide: "M12 6c-2-1.500-5-2-8-2v14c3 0 6 .5 8 2 2-1.500 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14",
  check: "M5 12.500l4.500 4.500L19 7.500",
  cross: "M6 6l12 12M18 6 6 18",
  right: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  up: "M5 15l7-7 7 7",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.500 4.500",
  camera: "M4 8h4l1.500-2.500h5L16 8h4v11H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z",
  album: "M4 5h16v14H4zM4 16l5-5 4 4 2.500-2.500L20 17M15.500 9.500h.01",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.500l3.500 2",
  warn: "M12 4 2.500 20h19zM12 10v5M12 17.500v.1",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.1",
  phone: "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2",
  plus: "M12 5v14M5 12h14",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.500 11v5.500M13.500 11v5.500",
  offline: "M3 3l18 18M5 12a10 10 0 0 1 4-2.400M19 12a10 10 0 0 0-5-2.800M8.500 15.500a5 5 0 0 1 7 0M12 19h.01",
  shield: "M12 3l7.500 3v6c0 4.500-3 7.500-7.500 9-4.500-1.500-7.500-4.500-7.500-9V6zM8.500 12l2.500 2.500 4.500-4.500",
  type: "M4 19 9.500 5 15 19M6 14h7M15.500 19l3-8 3 8M16.500 16.500h4",
  wechat:
    "M9.500 4C5.400 4 2.500 6.600 2.500 9.800c0 1.900 1 3.500 2.700 4.600L4.600 17l2.900-1.500c.6.200 1.300.2 2 .2M9.500 4c3.600 0 6.400 2 6.900 4.900M15.300 9c3.500 0 6.200 2.300 6.200 5.100 0 1.600-.9 3-2.300 3.900l.5 2.200-2.500-1.200c-.6.1-1.200.200-1.900.2-3.500 0-6.200-2.300-6.200-5.100S11.800 9 15.300 9z",
  share: "M12 15V4M8 7.500 12 3.500l4 4M5 12v7a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-7",
  speaker: "M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11",
  mic: "M12 14.500a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5.500a3 3 0 0 0 3 3zM5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3M9 21h6",
  play: "M8 5l11 7-11 7z",
  stop: "M6.500 6.500h11v11h-11z",
  pen: "M4 20c3-1 4-5 6-5s1 4 3 4 3-3 7-3M14 11l5-6",
} as const;

export type IconName = keyof typeof STROKES;

/** The drawing as an SVG document. */
export function iconSvg(name: IconName, colour = "#000", width = 1.8): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"><path d="${STROKES[name]}"/></svg>`;
}

/** The drawing for `mask-image`; WeChat knows no inline SVG, but masks with data addresses work there and in browsers. */
export function iconMask(name: IconName): string {
  return `url("data:image/svg+xml,${encodeURIComponent(iconSvg(name))}")`;
}
