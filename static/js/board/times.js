// Times as the board counts them: a day, and minutes since its midnight by the clock on the wall.

export const clock = (minute) => {
  const within = ((minute % 1440) + 1440) % 1440;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
};

export const span = (place) => `${clock(place.start)}–${clock(place.start + place.minutes)}`;

// What ends on another day by the clock says on which; `name` names a day that has one.
export const longSpan = (place, name) => {
  const end = iso(place.day, place.start + place.minutes).slice(0, 10);
  if (end === iso(place.day, place.start).slice(0, 10)) return span(place);
  return `${clock(place.start)} – ${name(end) ?? end.split("-").reverse().join(".")}, ${clock(place.start + place.minutes)}`;
};

// ISO without an offset: the server reads it in the edition's zone. A minute beyond 1440 is the next day's.
export const iso = (day, minute) => new Date(Date.parse(`${day}T00:00Z`) + minute * 60000).toISOString().slice(0, 16);

export const minuteOf = (text) => {
  const [hour, minute] = text.split(":").map(Number);
  return hour * 60 + minute;
};

export const snap = (minute, step) => Math.round(minute / step) * step;

export const overlap = (one, other) =>
  one.day === other.day && one.room === other.room &&
  one.start < other.start + other.minutes && other.start < one.start + one.minutes;

export const samePlace = (one, other) =>
  one === other || Boolean(one && other && one.day === other.day && one.room === other.room &&
    one.start === other.start && one.minutes === other.minutes);
