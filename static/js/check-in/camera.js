// Reads QR codes from the camera: by the browser where it can, else by the library that comes along.

const OFTEN = 120;
const AGAIN = 3000;
const WIDEST = 800;

export class Camera {
  constructor({ video, decoder, onText }) {
    Object.assign(this, { video, decoder, onText, seen: new Map() });
  }

  async start() {
    const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.reader = await reader(this.decoder);
    this.awake = await navigator.wakeLock?.request("screen").catch(() => undefined);
    this.look();
  }

  stop() {
    clearTimeout(this.timer);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.awake?.release();
    this.stream = this.video.srcObject = undefined;
  }

  async look() {
    const text = this.video.readyState >= 2 ? await this.reader(this.video).catch(() => undefined) : undefined;
    // The same code stays before the camera for a while: once is enough.
    if (text && performance.now() - (this.seen.get(text) ?? -AGAIN) >= AGAIN) this.onText(text);
    if (text) this.seen.set(text, performance.now());
    if (this.stream) this.timer = setTimeout(() => this.look(), OFTEN);
  }
}

async function reader(decoder) {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.()) ?? [];
  if (formats.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { default: decodeQR } = await import(decoder);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    Object.assign(canvas, { width: Math.round(video.videoWidth * scale), height: Math.round(video.videoHeight * scale) });
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height));
  };
}
