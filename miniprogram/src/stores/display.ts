import { computed, ref } from "vue";
import { storage } from "@/platform/storage";
import type { TextKey } from "@/text";
import { person } from "./session";

/** The sizes the whole app is drawn in: half as large again for old eyes. */
export type TypeSize = "standard" | "large" | "huge";
export const TYPE_SIZES: readonly { value: TypeSize; label: TextKey }[] = [
  { value: "standard", label: "type.standard" },
  { value: "large", label: "type.large" },
  { value: "huge", label: "type.huge" },
];

const KEY = "type-size";
/** Whoever shares a phone has eyes of their own: each person's choice, and that of whoever is not signed in. */
const chosen = ref(storage.read<Record<string, TypeSize>>(KEY) ?? {});
const NOBODY = "nobody";

export const typeSize = computed<TypeSize>(
  () => chosen.value[person.value?.id ?? NOBODY] ?? chosen.value[NOBODY] ?? "standard",
);
/** Nobody on this phone was asked yet. */
export const typeSizeOpen = computed(() => Object.keys(chosen.value).length === 0);

export function setTypeSize(size: TypeSize): void {
  chosen.value = { [NOBODY]: size, ...chosen.value, [person.value?.id ?? NOBODY]: size };
  storage.write(KEY, chosen.value);
}

/** Whether the phone believes to have a network. */
export const online = ref(true);

export function listenToNetwork(): void {
  uni.getNetworkType({
    success: ({ networkType }) => {
      online.value = networkType !== "none";
    },
  });
  const heard = (isConnected: boolean) => {
    online.value = isConnected;
    if (isConnected) uni.$emit("network:back");
  };
  uni.onNetworkStatusChange(({ isConnected }) => heard(isConnected));
  if (process.env.UNI_PLATFORM !== "h5") return;
  // uni asks the kind of line, of which some browsers say nothing when it is cut.
  window.addEventListener("online", () => heard(true));
  window.addEventListener("offline", () => heard(false));
  online.value = navigator.onLine;
}
