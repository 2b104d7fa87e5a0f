// Erases what this browser keeps of people: the check-in lists' names, and the pages of my forum. What waits to be sent
// stays. No module: the service workers use it too. Whoever signs out leaves nothing behind: it is erased first, as far
// as that is quick.

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

globalThis.forgetMyForum = () => caches.delete("my-forum");

const QUICK = 1500;

for (const form of globalThis.document?.querySelectorAll("form[data-sign-out]") ?? []) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const forgotten = Promise.allSettled([globalThis.forgetPeople(), globalThis.forgetMyForum()]);
    await Promise.race([forgotten, new Promise((done) => setTimeout(done, QUICK))]);
    form.submit();
  });
}
