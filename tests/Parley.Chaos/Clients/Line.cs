using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Parley.Chaos.Proof;
using Parley.Chaos.Staging;
using Parley.Tests.Cast;

namespace Parley.Chaos.Clients;

/// <summary>An answer that counts.</summary>
/// <param name="Era">Of which store it is, as <see cref="Stage.Era"/> counts them: of the one that its node was on when it was asked.</param>
/// <param name="At">When it came, by <see cref="Stopwatch"/>: whoever waits for others too looks at it later.</param>
internal sealed record Heard(Answer Answer, int Era, long At)
{
    public HttpStatusCode Status => Answer.Status;

    public string Text => Answer.Text;

    public JsonElement Body => Answer.Body;

    public string this[string path] => Answer[path];
}

/// <summary>
/// How somebody speaks with the installation: to one node while it answers, to another when it does not, and the same again until there is an answer that counts. A broken connection,
/// none within the time, 429 and 503 are none. Everything that comes is held to what is theirs.
/// </summary>
internal sealed class Line(Stage stage, Witness witness, string name, Func<Mark, bool> may) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Before the next try, in milliseconds: who asked in vain for a while asks less often, or many of them keep a node from starting that has two processors with them.</summary>
    private const int Soonest = 50;
    private const int Latest = 400;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private int _at;

    public string Name { get; } = name;

    public string? Bearer { get; set; }

    public string? Cookie { get; set; }

    /// <summary>The cookies that came last.</summary>
    public string? Given { get; private set; }

    /// <summary>What to do where it is said that one is nobody: begins anew, and says whether that went.</summary>
    public Func<CancellationToken, Task<bool>> Renew { get; set; } = _ => Task.FromResult(false);

    public int At
    {
        get => _at;
        set => _at = value % stage.Stations.Count;
    }

    public Uri Address => stage.Stations[At].Address;

    public void Look(string text) => witness.Look(Name, may, text);

    /// <summary>Until there is an answer that counts; null where the run is over before.</summary>
    public async Task<Heard?> Ask(HttpMethod method, string path, object? body, CancellationToken stop, bool renews = true)
    {
        for (var pause = Soonest; !stop.IsCancellationRequested; pause = Math.Min(2 * pause, Latest))
        {
            var was = Cookie ?? Bearer;
            if (await Once(At, method, path, body, Patience) is { } answer)
            {
                if (answer.Status != HttpStatusCode.Unauthorized || !renews)
                {
                    return answer;
                }

                if (await Anew(was, stop))
                {
                    continue;
                }
            }

            At++;
            await Pause(pause, stop);
        }

        return null;
    }

    /// <summary>Begins anew, unless somebody else did since: with what was used is said by <paramref name="was"/>.</summary>
    public async Task<bool> Anew(string? was, CancellationToken stop)
    {
        await _renewing.WaitAsync(CancellationToken.None);
        try
        {
            return (Cookie ?? Bearer) is { } now && now != was ? true : await Renew(stop);
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>Once, at one node; null where there was no answer that counts.</summary>
    public async Task<Heard?> Once(int node, HttpMethod method, string path, object? body, TimeSpan patience)
    {
        using var cancel = new CancellationTokenSource(patience);
        try
        {
            var (address, era) = stage.Stations[node % stage.Stations.Count].Door;
            using var request = new HttpRequestMessage(method, new Uri(address, path));
            request.Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
            request.Headers.TryAddWithoutValidation("X-Parley", "1");
            if (Bearer is { } token)
            {
                request.Headers.Authorization = new("Bearer", token);
            }

            if (Cookie is { } cookie)
            {
                request.Headers.TryAddWithoutValidation("Cookie", cookie);
            }

            using var response = await _http.SendAsync(request, cancel.Token);
            var at = Stopwatch.GetTimestamp();
            if (response.Headers.TryGetValues("Set-Cookie", out var given))
            {
                Given = string.Join("; ", given.Select(one => one.Split(';')[0]));
            }

            var answer = new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(cancel.Token), response.Headers);
            Look(answer.Text);
            if (answer.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            {
                if ((int)answer.Status >= 500)
                {
                    witness.Odd(Name, $"{(int)answer.Status} {method} {Short(path)} {answer.Text}");
                }

                return (int)answer.Status >= 500 ? null : new Heard(answer, era, at);
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            // Nobody there, or nobody who answers.
        }

        witness.Break();
        return null;
    }

    public static async Task Pause(int milliseconds, CancellationToken stop) => await Task.Delay(milliseconds, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Dispose()
    {
        _http.Dispose();
        _renewing.Dispose();
    }

    private static string Short(string path) => string.Join('/', path.Split('?')[0].Split('/').Select(part => part.Contains('_', StringComparison.Ordinal) ? "…" : part));
}
