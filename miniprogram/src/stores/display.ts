import { ref } from "vue";
import { storage } from "@/platform/storage";

const KEY = "large-type";

/** Large type for old eyes: the whole app a third larger. */
export const largeType = ref(storage.read<boolean>(KEY) === true);

export function setLargeType(on: boolean): void {
  largeType.value = on;
  storage.write(KEY, on);
}

/** Whether the phone believes to have a network. */
export const online = ref(true);

export function listenToNetwork(): void {
  uni.onNetworkStatusChange(({ isConnected }) => {
    online.value = isConnected;
    if (isConnected) uni.$emit("network:back");
  });
}
