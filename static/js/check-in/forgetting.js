// Erases the people from this browser's check-in lists, and leaves what waits to be sent. No module: the service worker
// uses it too. Whoever signs out leaves no names behind: they are erased first, as far as that is quick.

globalThis.forgetPeople = () =>
  new Promise((done) => {
    const asked = indexedDB.open("check-in");
    // There never was a list here.
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => done();
    asked.onsuccess = () => {
      const base = asked.result;
      const erasing = base.transaction(["people", "marks", "log"], "readwrite");
      for (const store of ["people", "marks", "log"]) erasing.objectStore(store).clear();
      erasing.oncomplete = erasing.onabort = () => {
        base.close();
        done();
      };
    };
  });

const QUICK = 1500;

for (const form of globalThis.document?.querySelectorAll("form[data-sign-out]") ?? []) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await Promise.race([globalThis.forgetPeople(), new Promise((done) => setTimeout(done, QUICK))]);
    form.submit();
  });
}
