namespace Parley.Browser.Stage;

/// <summary>
/// What all stories share: one browser, one website, a server, one that may be killed, and one whose clock can be put forward. Each is raised by
/// the first story that asks, and lives until the last is over (see <see cref="Season"/>).
/// </summary>
public sealed class Theatre : IAsyncDisposable
{
    /// <summary>The collection of all who put the clock of <see cref="Timed"/> forward, or may not be signed out by somebody who does: one after the other.</summary>
    public const string OneClock = "The clock that is put forward";

    public static readonly Theatre Shared = new();

    private readonly SemaphoreSlim _door = new(1);
    private readonly Dictionary<string, object> _raised = [];

    /// <summary>The browser of nearly all stories.</summary>
    public Task<Chromium> Chromium() => Raise("chromium", () => Stage.Chromium.Start(whole: Picture.Folder is not null));

    /// <summary>The browser of those that need what is around the engine.</summary>
    public Task<Chromium> Whole() => Raise("whole", () => Stage.Chromium.Start(whole: true));

    public Task<Shop> Shop() => Raise("shop", Stage.Shop.Open);

    /// <summary>A server that stays up.</summary>
    public Task<Shipped> Steady() => Raise("steady", Shipped.Start);

    /// <summary>A server that tests end and start again.</summary>
    public Task<Shipped> Shaky() => Raise("shaky", Shipped.Start);

    /// <summary>A server whose clock can be put forward, and whose channels may be played on this machine.</summary>
    public Task<Timed> Timed() => Raise("timed", () => Stage.Timed.Start(("channels.allowLoopback", "true")));

    /// <summary>One whose clock is put forward by days again and again, and its mail server: for those who are alone with it.</summary>
    public async Task<(Timed Server, MailSink Sink)> Days()
    {
        var sink = await Raise("days' mails", () => Task.FromResult(new MailSink()));
        return (await Raise("days", () => Stage.Timed.Start(sink.Settings)), sink);
    }

    /// <summary>A mail server, and a server that sends by it, and pushes to this machine.</summary>
    public Task<MailSink> Sink() => Raise("sink", () => Task.FromResult(new MailSink()));

    public async Task<Timed> Mailing()
    {
        var sink = await Sink();
        return await Raise("mailing", () => Stage.Timed.Start([.. sink.Settings, .. PushSink.Settings]));
    }

    /// <summary>A server whose mailboxes may stand on this machine.</summary>
    public Task<Shipped> Mailboxes() => Raise("mailboxes", () => Shipped.With(("PARLEY__CHANNELS__ALLOWLOOPBACK", "true")));

    /// <summary>The same, where nobody waits three minutes for what was not seen to be mailed.</summary>
    public Task<Shipped> Posting() => Raise("posting", () => Shipped.With(("PARLEY__CHANNELS__ALLOWLOOPBACK", "true"), ("PARLEY__CHANNELS__RETRYSECONDS", "1"), ("PARLEY__NOTIFICATIONS__MAILAFTERSECONDS", "2")));

    /// <summary>The demo with its past.</summary>
    public Task<Demo> Demo() => Raise("demo", () => Stage.Demo.Open(guests: false));

    public async ValueTask DisposeAsync()
    {
        foreach (var raised in _raised.Values.Reverse())
        {
            await ((IAsyncDisposable)raised).DisposeAsync();
        }
    }

    private async Task<T> Raise<T>(string name, Func<Task<T>> make)
        where T : class, IAsyncDisposable
    {
        await _door.WaitAsync();
        try
        {
            if (!_raised.TryGetValue(name, out var it))
            {
                _raised[name] = it = await make();
            }

            return (T)it;
        }
        finally
        {
            _door.Release();
        }
    }
}
