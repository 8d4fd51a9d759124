// Where conversations lie once a reader has them kept: in this browser or, of a reader who has signed in, on the server.
window.loccitStores = (() => {
  "use strict";

  const FULL = "This browser has no room left. Delete conversations that you no longer need.";
  const REFUSED = "This browser does not let Loccit keep anything.";
  const place = () => `loccit ${window.loccitViews.door("")}`;

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Questions and answers: what a reader remembers of a conversation.
  const saidIn = (turns) => turns.map(({ question, answer }) => `${question}\n${answer?.answer ?? ""}`).join("\n");

  // Two tables: the list is read without the conversations, which are long.
  function opened() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(place(), 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("names", { keyPath: "id" });
        asked.result.createObjectStore("turns", { keyPath: "id" });
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(new Error(REFUSED));
    });
  }

  async function inside(mode, work) {
    const database = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(["names", "turns"], mode);
        const asked = work((name) => transaction.objectStore(name));
        transaction.oncomplete = () => resolve(asked?.result);
        transaction.onabort = () => reject(new Error(transaction.error?.name === "QuotaExceededError" ? FULL : REFUSED));
      });
    } finally {
      database.close();
    }
  }

  const inBrowser = {
    isServer: false,
    async isOn() {
      try {
        return localStorage.getItem(place()) === "kept";
      } catch {
        return false;
      }
    },
    async begin() {
      try {
        localStorage.setItem(place(), "kept");
      } catch {
        throw new Error(REFUSED);
      }
    },
    async list(words) {
      const wanted = folded(words).split(/\s+/).filter(Boolean);
      const names = await inside("readonly", (table) => table("names").getAll());
      return names.filter(({ name, said }) => wanted.every((word) => folded(`${name}\n${said}`).includes(word)))
        .sort((one, other) => other.changed - one.changed);
    },
    async read(id) {
      const found = await inside("readonly", (table) => table("turns").get(id));
      if (!found) return null;
      const { name } = await inside("readonly", (table) => table("names").get(id)) ?? {};
      return { id, name: name ?? "", turns: found.turns };
    },
    keep: ({ id, name, turns }) => inside("readwrite", (table) => {
      table("names").put({ id, name, changed: Date.now(), said: saidIn(turns) });
      table("turns").put({ id, turns });
    }),
    rename: (id, name) => inside("readwrite", (table) => {
      const asked = table("names").get(id);
      asked.onsuccess = () => asked.result && table("names").put({ ...asked.result, name });
    }),
    forget: (id) => inside("readwrite", (table) => {
      table("names").delete(id);
      table("turns").delete(id);
    }),
    async end() {
      localStorage.removeItem(place());
      await new Promise((resolve, reject) => {
        const asked = indexedDB.deleteDatabase(place());
        asked.onsuccess = asked.onblocked = resolve;
        asked.onerror = () => reject(new Error(REFUSED));
      });
    },
  };

  const ask = (path, body) => window.loccitViews.ask(`conversations/${path}`, body && JSON.stringify(body));
  const listed = async (words) => (await ask(`list?${new URLSearchParams({ words })}`)).conversations
    .map(({ id, name, changed_at: at }) => ({ id, name, changed: Date.parse(at) }));
  const onServer = {
    isServer: true,
    // Where another of the reader's browsers keeps conversations, this one goes on with them.
    isOn: async () => await inBrowser.isOn() || (await listed("")).length > 0,
    begin: inBrowser.begin,
    list: listed,
    async read(id) {
      const { name, turns } = await ask(`one?${new URLSearchParams({ id })}`);
      return turns === null ? null : { id, name, turns };
    },
    keep: ({ id, name, turns }) => ask("keep", { id, name, turns }),
    rename: (id, name) => ask("rename", { id, name }),
    forget: (id) => ask("forget", { id }),
    async end() {
      await ask("forget-all", {});
      localStorage.removeItem(place());
    },
  };

  return { mine: () => (window.gradio_config?.username ? onServer : inBrowser) };
})();
