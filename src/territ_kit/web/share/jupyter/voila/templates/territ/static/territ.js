// Session watch: says in French what happened to the computation, and hides the waiting message.
(() => {
  const Native = window.WebSocket;
  const kernelSocket = /\/api\/kernels\/([\w-]+)\/channels/;
  let leaving = false;
  addEventListener("pagehide", () => { leaving = true; });
  addEventListener("beforeunload", () => { leaving = true; });

  function say(text, reload) {
    const box = document.getElementById("t-session");
    if (!box || leaving || box.dataset.final) return;
    if (reload) box.dataset.final = "1";
    box.replaceChildren();
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
    box.hidden = false;
    // Only the controls become inert: the title and the texts stay readable.
    document.querySelectorAll("#t-cellules .t-champ, #t-cellules button").forEach((e) => { e.inert = true; });
    if (!reload) return;
    const button = document.createElement("button");
    button.className = "t-bouton t-bouton--safran";
    button.type = "button";
    button.textContent = "Recharger la page";
    button.onclick = () => location.reload();
    box.append(button);
    button.focus();
  }
  function quiet() {
    const box = document.getElementById("t-session");
    if (!box || box.dataset.final) return;
    box.hidden = true;
    document.querySelectorAll("#t-cellules [inert]").forEach((e) => { e.inert = false; });
  }
  async function alive(base, id) {
    try {
      const reply = await fetch(`${base}api/kernels/${id}`, { cache: "no-store" });
      if (reply.ok) return quiet();
      if (reply.status === 404) return say("La session est terminée. Vos réponses sont enregistrées.", true);
      say("Rouvrez l’adresse affichée au lancement du programme. Vos réponses sont enregistrées.", true);
    } catch {
      say("La connexion est perdue. Nouvel essai dans quelques secondes. Vos réponses sont enregistrées.", false);
      setTimeout(() => alive(base, id), 3000);
    }
  }
  // A kernel stopped by the server leaves its socket open: ask now and then, and when the person acts.
  let asked = 0;
  function ask(base, id) {
    if (Date.now() - asked < 2000) return;
    asked = Date.now();
    alive(base, id);
  }
  function watch(base, id) {
    setInterval(() => { if (!document.hidden) ask(base, id); }, 20000);
    for (const event of ["visibilitychange", "input", "click"]) document.addEventListener(event, () => ask(base, id), true);
  }
  let watched = false;
  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args);
      const match = kernelSocket.exec(String(args[0]));
      if (!match) return;
      const base = JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl;
      this.addEventListener("close", () => { if (!leaving) alive(base, match[1]); });
      if (!watched) watch(base, match[1]);
      watched = true;
      this.addEventListener("message", (event) => {
        const size = event.data.byteLength ?? event.data.size ?? event.data.length;
        if (size > 4000) return;
        const read = typeof event.data === "string" ? Promise.resolve(event.data)
          : event.data instanceof Blob ? event.data.text() : Promise.resolve(new TextDecoder().decode(event.data));
        read.then((text) => {
          if (/"execution_state":\s*"(restarting|dead)"/.test(text)) {
            say("Le calcul s’est arrêté. Vos réponses sont enregistrées.", true);
          }
        });
      });
    }
  };
  addEventListener("DOMContentLoaded", () => {
    const wait = document.getElementById("t-attente");
    const cells = document.getElementById("t-cellules");
    const ready = () => {
      if (!cells.querySelector(".t-pret, .t-alerte--erreur")) return false;
      wait.hidden = true;
      document.documentElement.dataset.pret = "1";
      return true;
    };
    if (!ready()) {
      const observer = new MutationObserver(() => { if (ready()) observer.disconnect(); });
      observer.observe(cells, { childList: true, subtree: true });
    }
  });
})();
