// Browsers start no workers for pages that were opened from a folder, so the search runs in a hidden
// frame there. The theme would load a script for this from a CDN, unless one has this name.
if (location.protocol === "file:")
  window.Worker = window.IFrameWorker = class extends EventTarget {
    #loaded;

    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      const worker = frame.contentWindow;
      worker.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      const script = worker.document.createElement("script");
      script.src = url;
      this.#loaded = new Promise((resolve) => (script.onload = () => resolve(worker)));
      worker.document.body.append(script);
    }

    async postMessage(data) {
      const worker = await this.#loaded;
      worker.dispatchEvent(new worker.MessageEvent("message", { data }));
    }
  };
