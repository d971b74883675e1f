using System.Collections.Concurrent;
using System.Text.Json;

namespace Parley.Browser.Stage;

/// <summary>What the browser shows of a push.</summary>
public sealed record Notice(string Title, string Body);

/// <summary>
/// A page's service worker as the browser runs it. No maker's push service can be reached from here, so the page subscribes at one of ours, and what comes there is
/// handed to the worker by the browser's own tools; what it shows, keeps and opens is the browser's.
/// </summary>
public sealed class Told
{
    /// <summary>A subscription as a maker's service would give it.</summary>
    private const string Subscribing = """
        PushManager.prototype.getSubscription = async () => null;
        PushManager.prototype.subscribe = async (options) => { if (!options.userVisibleOnly || !options.applicationServerKey) throw new TypeError(); return { toJSON: () => (SUBSCRIPTION) }; };
        """;

    /// <summary>What a click on the notification does. Where it leads is noted: only a hand's click may open a window.</summary>
    private const string Clicking = """
        (async () => {
          const [notification] = await self.registration.getNotifications();
          let opened = null;
          self.clients.openWindow = async (url) => { opened = url; return null; };
          const waiting = [];
          const click = new NotificationEvent('notificationclick', { notification });
          click.waitUntil = (task) => waiting.push(task);
          self.dispatchEvent(click);
          await Promise.allSettled(waiting);
          return opened;
        })()
        """;

    /// <summary>From here on it is known when the next push is done with, whatever the worker says it waits for.</summary>
    private const string Hearing = """
        self.heard = new Promise((done) => {
          const wait = ExtendableEvent.prototype.waitUntil;
          ExtendableEvent.prototype.waitUntil = function (task) {
            wait.call(this, task);
            if (this.type === 'push') {
              ExtendableEvent.prototype.waitUntil = wait;
              done(Promise.allSettled([task]));
            }
          };
        });
        null
        """;

    private readonly IPage _page;
    private readonly ICDPSession _tools;
    private readonly string _scope;
    private readonly TaskCompletionSource<string> _registration = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Told(IPage page, ICDPSession tools, string scope)
    {
        (_page, _tools, _scope) = (page, tools, scope);
        tools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, said) =>
        {
            foreach (var registration in said!.Value.GetProperty("registrations").EnumerateArray().Where(each => each.GetProperty("scopeURL").GetString()!.EndsWith(scope, StringComparison.Ordinal)))
            {
                _registration.TrySetResult(registration.GetProperty("registrationId").GetString()!);
            }
        };
    }

    /// <summary>The browser lets its pages notify, and their subscriptions are at our sink; the browser's name there.</summary>
    public static async Task<string> Lend(IBrowserContext context, PushSink sink)
    {
        await context.GrantPermissionsAsync(["notifications"]);
        var (name, device) = sink.Subscribe();
        await context.AddInitScriptAsync(Subscribing.Replace("SUBSCRIPTION", JsonSerializer.Serialize(device), StringComparison.Ordinal));
        return name;
    }

    /// <param name="scope">What the worker is there for: <c>/console/</c>.</param>
    public static async Task<Told> Of(IPage page, string scope)
    {
        var it = new Told(page, await page.Context.NewCDPSessionAsync(page), scope);
        await it._tools.SendAsync("ServiceWorker.enable");
        await it._registration.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return it;
    }

    /// <summary>Leaves for a page of the same origin that is none of ours: it can ask what is shown.</summary>
    public Task Leave() => _page.GotoAsync(new Uri(new Uri(_page.Url), $"{_scope}worker.js").ToString());

    /// <summary>
    /// A push comes, while no page of ours is open; comes back when the worker is done with it. Nobody may ask what is shown before: the browser forgets a
    /// notification that it has noted and does not show yet, when it is asked for all in between.
    /// </summary>
    public async Task Deliver(object said)
    {
        await using var worker = await Worker();
        await worker.Run(Hearing);
        await _tools.SendAsync("ServiceWorker.deliverPushMessage", new()
        {
            ["origin"] = new Uri(_page.Url).GetLeftPart(UriPartial.Authority),
            ["registrationId"] = await _registration.Task,
            ["data"] = JsonSerializer.Serialize(said),
        });
        await worker.Run("self.heard.then(() => null)");
    }

    /// <summary>What is shown now, as soon as it is this.</summary>
    public Task Shows(params Notice[] notices) => Ears.Eventually(async () => (await Shown()).ShouldBe(notices));

    /// <summary>Clicks what is shown; where that leads.</summary>
    public async Task<string?> Click()
    {
        await using var worker = await Worker();
        return await worker.Run(Clicking);
    }

    /// <summary>The worker, awake, with the tools of the whole browser in it.</summary>
    private async Task<Tools> Worker()
    {
        var session = await _page.Context.Browser!.NewBrowserCDPSessionAsync();
        var own = (await _tools.SendAsync("Target.getTargetInfo"))!.Value.GetProperty("targetInfo").GetProperty("browserContextId").GetString();
        await _tools.SendAsync("ServiceWorker.startWorker", new() { ["scopeURL"] = new Uri(new Uri(_page.Url), _scope).ToString() });
        string[] running = [];
        await Ears.Eventually(async () => (running =
        [
            .. (await session.SendAsync("Target.getTargets"))!.Value.GetProperty("targetInfos").EnumerateArray()
                .Where(target => target.GetProperty("type").GetString() == "service_worker" && target.GetProperty("browserContextId").GetString() == own
                    && target.GetProperty("url").GetString()!.EndsWith($"{_scope}worker.js", StringComparison.Ordinal))
                .Select(target => target.GetProperty("targetId").GetString()!),
        ]).ShouldHaveSingleItem());
        return await Tools.Into(running[0], session);
    }

    private async Task<Notice[]> Shown() =>
    [
        .. (await _page.EvaluateAsync<string[]>("async scope => (await (await navigator.serviceWorker.getRegistration(scope)).getNotifications()).flatMap(({ title, body }) => [title, body])", _scope))
        .Chunk(2).Select(said => new Notice(said[0], said[1])),
    ];

    /// <summary>The tools of the whole browser, with which one comes into a worker.</summary>
    private sealed class Tools : IAsyncDisposable
    {
        private readonly ICDPSession _session;
        private readonly string _attached;
        private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _answers = [];
        private int _asked;

        private Tools(ICDPSession session, string attached)
        {
            (_session, _attached) = (session, attached);
            session.Event("Target.receivedMessageFromTarget").OnEvent += (_, said) =>
            {
                var message = JsonSerializer.Deserialize<JsonElement>(said!.Value.GetProperty("message").GetString()!);
                if (message.TryGetProperty("id", out var id))
                {
                    Answer(id.GetInt32()).TrySetResult(message);
                }
            };
        }

        public static async Task<Tools> Into(string target, ICDPSession session) =>
            new(session, (await session.SendAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = false }))!.Value.GetProperty("sessionId").GetString()!);

        public async Task<string?> Run(string script)
        {
            var id = ++_asked;
            var command = new { id, method = "Runtime.evaluate", @params = new { expression = script, awaitPromise = true, returnByValue = true } };
            await _session.SendAsync("Target.sendMessageToTarget", new() { ["sessionId"] = _attached, ["message"] = JsonSerializer.Serialize(command) });
            var result = (await Answer(id).Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience))).GetProperty("result");
            result.TryGetProperty("exceptionDetails", out var fault).ShouldBeFalse(fault.ToString());
            return result.GetProperty("result").TryGetProperty("value", out var value) ? value.GetString() : null;
        }

        public async ValueTask DisposeAsync() => await _session.DetachAsync();

        private TaskCompletionSource<JsonElement> Answer(int id) => _answers.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
