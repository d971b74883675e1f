using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Parley.Bench;

/// <param name="What">From what to what was measured.</param>
internal sealed record Given(string What, double P50, double P95, double Worst);

/// <summary>
/// How long it takes until somebody is asked, while thousands wait and hundreds of agents have all they can: from a customer's first word, and from the moment at
/// which an agent has room, to the offer on that agent's screen. Over HTTP and WebSockets, the commit on disk and everything else that happens at a word included.
/// </summary>
internal sealed class Giving(Stage stage, int agents) : IAsyncDisposable
{
    private const int Warm = 20;
    private const int Times = 100;

    private readonly List<Seat> _seats = [];

    /// <summary>All agents at their consoles, online; the last of them speaks Spanish alone, which nobody else does.</summary>
    public async Task Staff()
    {
        for (var i = 0; i < agents; i++)
        {
            var email = $"agent{i}@lighthouse.test";
            var hired = await Ok(await stage.Http.PostAsJsonAsync("/v1/agents", new { name = $"Agent {i}", email, password = Stage.Password, role = "agent" }));
            var id = hired.GetProperty("id").GetString()!;
            await Ok(await stage.Http.PatchAsJsonAsync($"/v1/agents/{id}", new { languages = i == agents - 1 ? new[] { "es" } : ["en"] }));
            var seat = new Seat(stage.Http.BaseAddress!);
            await seat.Sit(email);
            _seats.Add(seat);
        }
    }

    /// <summary>Until nobody who could be asked has room: what waits stays, but for what the test itself moves.</summary>
    public async Task Settled()
    {
        for (var before = -1; before != _seats.Sum(seat => seat.Offers) || before == 0;)
        {
            before = _seats.Sum(seat => seat.Offers);
            await Task.Delay(2_000);
        }
    }

    public async Task<List<Given>> Measure() => [await Arrivals(), await Rooms()];

    public async ValueTask DisposeAsync()
    {
        foreach (var seat in _seats)
        {
            await seat.DisposeAsync();
        }
    }

    /// <summary>A customer who speaks what one agent speaks, who has room: that one is to be found among all, past all who wait.</summary>
    private async Task<Given> Arrivals()
    {
        var (took, spanish) = (new List<double>(), _seats[^1]);
        for (var i = 0; i < Warm + Times; i++)
        {
            var token = await stage.Visit();
            await using var customer = await stage.Follow(token);
            var offered = spanish.Next();
            var started = Stopwatch.GetTimestamp();
            await stage.Post("/v1/widget/conversations", token, new { clientId = "1", content = new { type = "text", text = "¿Hola?", language = "es" } });
            var (offer, at) = await offered.WaitAsync(TimeSpan.FromSeconds(30));
            took.Add(Stopwatch.GetElapsedTime(started, at).TotalMilliseconds);
            await spanish.Decline(offer);
        }

        return Of("a customer's first word → the offer on the screen of the one agent who may have it", took);
    }

    /// <summary>An agent who lets something pass has room: whoever has waited longest is theirs.</summary>
    private async Task<Given> Rooms()
    {
        var took = new List<double>();
        for (var i = 0; i < Warm + Times; i++)
        {
            var seat = _seats[i % (_seats.Count - 1)];
            var offered = seat.Next();
            var started = Stopwatch.GetTimestamp();
            await seat.Decline(seat.First);
            var (_, at) = await offered.WaitAsync(TimeSpan.FromSeconds(30));
            took.Add(Stopwatch.GetElapsedTime(started, at).TotalMilliseconds);
        }

        return Of("an agent has room again → the offer of whoever waited longest on their screen", took);
    }

    private static Given Of(string what, List<double> took)
    {
        var sorted = took.Skip(Warm).Order().ToList();
        return new Given(what, sorted[sorted.Count / 2], sorted[sorted.Count * 95 / 100], sorted[^1]);
    }

    private static async Task<JsonElement> Ok(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException(text);
        }
    }

    /// <summary>An agent with the console open, who notes when they are asked for what.</summary>
    private sealed class Seat(Uri address) : IAsyncDisposable
    {
        private static readonly byte[] Offer = "\"kind\":\"offer\","u8.ToArray();

        private readonly CookieContainer _cookies = new();
        private readonly Lock _gate = new();
        private readonly Queue<string> _open = new();
        private HttpClient _http = null!;
        private Wire? _wire;
        private TaskCompletionSource<(string Offer, long At)>? _next;
        private int _offers;

        public int Offers => Volatile.Read(ref _offers);

        /// <summary>What they were asked first and have not answered.</summary>
        public string First
        {
            get
            {
                lock (_gate)
                {
                    return _open.Dequeue();
                }
            }
        }

        public async Task Sit(string email)
        {
            _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = address };
            _http.DefaultRequestHeaders.Add("X-Parley", "1");
            await Ok(await _http.PostAsJsonAsync("/v1/session", new { email, password = Stage.Password }));
            _wire = await Wire.Connect(address, _cookies, Hear);
            await _wire.Send(new { type = "hello" });
            await Ok(await _http.PutAsJsonAsync("/v1/me/presence", new { state = "online" }));
        }

        /// <summary>The next offer that comes, and when.</summary>
        public Task<(string Offer, long At)> Next()
        {
            lock (_gate)
            {
                _next = new TaskCompletionSource<(string, long)>(TaskCreationOptions.RunContinuationsAsynchronously);
                return _next.Task;
            }
        }

        public async Task Decline(string offer) => await Ok(await _http.PutAsJsonAsync($"/v1/offers/{offer}", new { answer = "decline" }));

        public async ValueTask DisposeAsync()
        {
            await (_wire?.DisposeAsync() ?? ValueTask.CompletedTask);
            _http.Dispose();
        }

        private void Hear(ReadOnlySpan<byte> frame)
        {
            if (frame.IndexOf(Offer) >= 0)
            {
                Take(JsonDocument.Parse(Encoding.UTF8.GetString(frame)).RootElement.GetProperty("offer").GetProperty("id").GetString()!, Stopwatch.GetTimestamp());
            }
        }

        private void Take(string offer, long at)
        {
            lock (_gate)
            {
                _offers++;
                if (_next is { } next)
                {
                    _next = null;
                    next.SetResult((offer, at));
                }

                _open.Enqueue(offer);
            }
        }
    }
}
