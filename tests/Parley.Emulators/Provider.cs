using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Emulators;

/// <summary>What has to be typed so that a provider and the company know each other.</summary>
public sealed record Need(string Name, string Label, string Example);

/// <summary>
/// A provider as it behaves, or misbehaves: what customers say goes to the company, proven as the provider proves itself, and what the company sends is taken as the provider takes it.
/// A provider is one folder with a subclass of this, and one line in <see cref="Emulator"/>.
/// </summary>
public abstract class Provider : IDisposable
{
    private const int Kept = 500;

    private readonly Lock _gate = new();
    private readonly List<Line> _lines = [];
    private readonly List<Wired> _wire = [];
    private readonly List<Piece> _waiting = [];
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private (string Key, Piece[] Pieces)? _late;
    private int _numbers;

    protected Provider(VirtualClock clock) => (Clock, Faults) = (clock, new Faults(clock));

    /// <summary>Its name in addresses.</summary>
    public abstract string Kind { get; }

    public abstract string Name { get; }

    /// <summary>How the company is connected to it, in a sentence or two.</summary>
    public abstract string How { get; }

    public abstract ImmutableArray<Need> Needs { get; }

    public VirtualClock Clock { get; }

    public Faults Faults { get; }

    /// <summary>What was typed, by the names of what is needed.</summary>
    public ImmutableDictionary<string, string> Connected { get; private set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>That a message has arrived is told by itself.</summary>
    public bool TellsDelivered { get; set; }

    /// <summary>How often it was called, whatever it answered.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public IReadOnlyList<Line> Lines => Copy(_lines);

    public IReadOnlyList<Wired> Wire => Copy(_wire);

    /// <summary>What it took for the first time, and once more.</summary>
    public event Action<Heard>? Took;

    private int _calls;

    /// <summary>The addresses at which the company calls it.</summary>
    public abstract void Map(IEndpointRouteBuilder routes);

    /// <summary>A request with these, as the provider writes and proves it.</summary>
    protected abstract HttpRequestMessage Write(string key, IReadOnlyList<Piece> pieces, Proof proof);

    public void Connect(IReadOnlyDictionary<string, string> given) => Connected = given.ToImmutableDictionary();

    /// <summary>A customer says something, or presses a button.</summary>
    public async Task<Reply> Say(string from, string text, string? name = null, string? choice = null)
    {
        var word = new Word(Next("m"), from, text, name, null, choice, Clock.GetUtcNow());
        var line = Keep(number => new Line(number, from, Clock.GetUtcNow(), text, null) { State = "sending" });
        var reply = await Tell(null, word);
        Change(line.Number, it => it with { State = reply.Status switch { HttpStatusCode.OK => "sent", HttpStatusCode.Accepted => "kept back", var status => $"refused: {(int)status}" } });
        return reply;
    }

    /// <summary>Tells how far a message of the company got.</summary>
    public async Task<Reply> Told(string of, string state)
    {
        var reply = await Tell(null, new Receipt(Next("r"), of, state));
        Mark(of, state);
        return reply;
    }

    /// <summary>Tells the company all of these in one request, as far as the script lets it.</summary>
    /// <param name="key">What the provider calls the request; null: something new.</param>
    public async Task<Reply> Tell(string? key, params Piece[] pieces)
    {
        if (Faults.Telling(FaultKind.Batched) is { Count: var count })
        {
            lock (_gate)
            {
                _waiting.AddRange(pieces);
                if (_waiting.Count < (count ?? 3))
                {
                    return KeptBack;
                }

                pieces = [.. _waiting];
                _waiting.Clear();
            }
        }

        var now = (Key: key ?? Next("request"), Pieces: pieces);
        if (Faults.Telling(FaultKind.Reordered) is null)
        {
            return await Send(now.Key, now.Pieces);
        }

        (string Key, Piece[] Pieces)? late;
        lock (_gate)
        {
            (late, _late) = (_late, _late is null ? now : null);
        }

        if (late is not var (first, those))
        {
            return KeptBack;
        }

        var reply = await Send(now.Key, now.Pieces);
        await Send(first, those);
        return reply;
    }

    /// <summary>Sends what was kept back.</summary>
    public async Task Release()
    {
        Piece[] waiting;
        (string Key, Piece[] Pieces)? late;
        lock (_gate)
        {
            (waiting, late, _late) = ([.. _waiting], _late, null);
            _waiting.Clear();
        }

        if (waiting.Length > 0)
        {
            await Send(Next("request"), waiting);
        }

        if (late is var (key, pieces))
        {
            await Send(key, pieces);
        }
    }

    /// <summary>Sends it so, whatever the script says.</summary>
    public async Task<Reply> Send(string key, IReadOnlyList<Piece> pieces, Proof proof)
    {
        using var request = Write(key, pieces, proof);
        try
        {
            using var response = await _http.SendAsync(request, CancellationToken.None);
            var reply = new Reply(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
            Note(new Wired(Clock.GetUtcNow(), Out: false, string.Join(", ", pieces.Select(Short)), (int)reply.Status, proof == Proof.Right ? (int)reply.Status >= 400 ? reply.Text : null : proof.ToString()));
            return reply;
        }
        catch (HttpRequestException error)
        {
            Note(new Wired(Clock.GetUtcNow(), Out: false, string.Join(", ", pieces.Select(Short)), 0, error.Message));
            return new Reply(HttpStatusCode.ServiceUnavailable, error.Message, new HttpResponseMessage().Headers);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The company called, and proved itself: takes what it says unless the script has it otherwise, and answers.</summary>
    /// <param name="taken">What is answered where all is well.</param>
    protected async Task Answer(HttpContext http, Heard heard, Func<HttpContext, Task> taken)
    {
        Interlocked.Increment(ref _calls);
        var fault = Faults.Answering(heard.To);
        var status = StatusOf(fault?.Kind);
        if (fault is null or { Kind: FaultKind.Lost or FaultKind.Silent })
        {
            Take(heard);
        }

        Note(new Wired(Clock.GetUtcNow(), Out: true, $"to {heard.To}: {heard.Text}", status, fault?.Kind.ToString()));
        await (fault?.Kind switch
        {
            null => taken(http),
            FaultKind.Lost => Break(http),
            FaultKind.Silent => Silence(http),
            _ => Fail(http, status, fault),
        });
        if (TellsDelivered && fault is null)
        {
            // After the answer, as a telephone does that gets it a moment later.
            http.Response.OnCompleted(() => Told(heard.Id, "delivered"));
        }
    }

    /// <summary>The company called with something that is no word to anybody.</summary>
    protected Task Answer(HttpContext http, string what)
    {
        Interlocked.Increment(ref _calls);
        var fault = Faults.Answering(to: null);
        var status = StatusOf(fault?.Kind);
        Note(new Wired(Clock.GetUtcNow(), Out: true, what, status, fault?.Kind.ToString()));
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>The company could not prove itself.</summary>
    protected Task Unproven(HttpContext http, string why)
    {
        Interlocked.Increment(ref _calls);
        Note(new Wired(Clock.GetUtcNow(), Out: true, "a request", StatusCodes.Status401Unauthorized, why));
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return http.Response.WriteAsync(why);
    }

    protected string Next(string what) => $"{what}-{Guid.CreateVersion7(Clock.GetUtcNow()):N}";

    private static readonly Reply KeptBack = new(HttpStatusCode.Accepted, "", new HttpResponseMessage().Headers);

    private async Task<Reply> Send(string key, Piece[] pieces)
    {
        var proof = Faults.Telling(FaultKind.Forged) is not null ? Proof.Forged : Faults.Telling(FaultKind.Replayed) is not null ? Proof.Old : Proof.Right;
        pieces = Faults.Telling(FaultKind.Mangled) is null ? pieces : [new Bare(new { id = 7, from = "nobody" }), .. pieces];
        var reply = await Send(key, pieces, proof);
        return Faults.Telling(FaultKind.Twice) is null ? reply : await Send(key, pieces, proof);
    }

    private void Take(Heard heard)
    {
        Heard now;
        lock (_gate)
        {
            var at = _lines.FindIndex(line => line.Heard?.Id == heard.Id);
            now = at < 0 ? heard : _lines[at].Heard! with { Times = _lines[at].Heard!.Times + 1 };
            if (at >= 0)
            {
                _lines[at] = _lines[at] with { Heard = now };
            }
        }

        if (now.Times == 1)
        {
            Keep(number => new Line(number, heard.To, Clock.GetUtcNow(), null, now));
        }

        Took?.Invoke(now);
    }

    private static int StatusOf(FaultKind? kind) => kind switch
    {
        FaultKind.Throttled => StatusCodes.Status429TooManyRequests,
        FaultKind.Down => StatusCodes.Status503ServiceUnavailable,
        FaultKind.Broken => StatusCodes.Status500InternalServerError,
        FaultKind.Refused => StatusCodes.Status400BadRequest,
        FaultKind.Unauthorized => StatusCodes.Status401Unauthorized,
        FaultKind.Gone => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status200OK,
    };

    private Task Fail(HttpContext http, int status, Fault fault)
    {
        http.Response.StatusCode = status;
        if (fault.Kind == FaultKind.Throttled)
        {
            var left = fault is { Seconds: { } seconds, Since: { } since } ? since + TimeSpan.FromSeconds(seconds) - Clock.GetUtcNow() : TimeSpan.FromSeconds(30);
            http.Response.Headers.RetryAfter = $"{Math.Max(1, (int)Math.Ceiling(left.TotalSeconds))}";
        }

        return Task.CompletedTask;
    }

    /// <summary>In the middle of the answer: ended before it, it would read as a whole one.</summary>
    private static async Task Break(HttpContext http)
    {
        http.Response.ContentLength = 100;
        await http.Response.WriteAsync("{");
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    private static async Task Silence(HttpContext http)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // Whoever called has given up.
        }
    }

    private Line Keep(Func<int, Line> make)
    {
        lock (_gate)
        {
            var line = make(++_numbers);
            _lines.Add(line);
            _lines.RemoveRange(0, Math.Max(0, _lines.Count - Kept));
            return line;
        }
    }

    private void Change(int number, Func<Line, Line> change)
    {
        lock (_gate)
        {
            var at = _lines.FindIndex(line => line.Number == number);
            if (at >= 0)
            {
                _lines[at] = change(_lines[at]);
            }
        }
    }

    private void Mark(string id, string state)
    {
        lock (_gate)
        {
            var at = _lines.FindIndex(line => line.Heard?.Id == id);
            if (at >= 0)
            {
                _lines[at] = _lines[at] with { Heard = _lines[at].Heard! with { State = state } };
            }
        }
    }

    private void Note(Wired wired)
    {
        lock (_gate)
        {
            _wire.Add(wired);
            _wire.RemoveRange(0, Math.Max(0, _wire.Count - Kept));
        }
    }

    private List<T> Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }

    private static string Short(Piece piece) => piece switch
    {
        Word word => $"{word.From} says: {word.Text}",
        Receipt receipt => $"{receipt.State}: {receipt.Of}",
        Echo echo => $"said in the app to {echo.To}: {echo.Text}",
        _ => "something that nobody can read",
    };
}
