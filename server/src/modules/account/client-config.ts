const MIB = 1024 * 1024;

/** What a client is told before it chooses a file; `material` decides for each file by what is in it. */
export const UPLOAD_LIMITS = {
  maxUploadBytes: 200 * MIB,
  allowedTypes: [
    "image/jpeg",
    "image/png",
    "image/webp",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "audio/mpeg",
    "audio/mp4",
    "video/mp4",
  ],
} as const;
