// A sound and a shake for whom the eyes are on the person and not on the screen.

const TONES = { good: [[880, 0.09], [1320, 0.16]], wait: [[440, 0.2], [440, 0.2]], bad: [[220, 0.45]] };
const SHAKES = { good: [60], wait: [80, 60, 80], bad: [300] };

let context;
// A browser plays nothing before somebody touched the page.
for (const name of ["pointerdown", "keydown"]) {
  window.addEventListener(name, () => (context ??= new AudioContext()).resume(), { once: true });
}

export function signal(kind) {
  navigator.vibrate?.(SHAKES[kind]);
  if (context?.state !== "running") return;
  let start = context.currentTime;
  for (const [tone, length] of TONES[kind]) {
    const [voice, loudness] = [context.createOscillator(), context.createGain()];
    voice.frequency.value = tone;
    loudness.gain.setValueAtTime(0.25, start);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + length);
    voice.connect(loudness).connect(context.destination);
    voice.start(start);
    voice.stop(start + length);
    start += length + 0.04;
  }
}
