using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Parley.Specs.Killing;

/// <summary>
/// A customer who writes and keeps a ledger of their own: every message has an id, is sent again under that id until the server says yes, and what was
/// said is written down. They trust nothing but their ledger.
/// </summary>
public sealed class Poster(HttpClient http, string inbox, int number)
{
    private readonly List<string> _acknowledged = [];
    private readonly HashSet<string> _sent = [];
    private string? _conversation;

    public IReadOnlyList<string> Acknowledged => _acknowledged;

    public int Sent => _sent.Count;

    public int Again { get; private set; }

    /// <summary>Writes until told to stop; a message that is under way then stays without an answer.</summary>
    public async Task Write(CancellationToken stop)
    {
        await Begin(stop);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var text = $"customer {number} message {i}";
            _sent.Add(text);
            if (await UntilAcknowledged(i, text, stop))
            {
                _acknowledged.Add(text);
            }

            await Pause(5, stop);
        }
    }

    /// <summary>Reads the whole thread back and holds it to the ledger.</summary>
    public async Task Compare()
    {
        if (_conversation is null)
        {
            _acknowledged.ShouldBeEmpty();
            return;
        }

        var found = await Thread();
        found.Select(entry => entry.Prev).ShouldBe(found.Select(entry => entry.Seq).SkipLast(1).Prepend(0L), "The public entries form a chain without a gap.");
        var texts = found.Where(entry => entry.Text is not null).Select(entry => entry.Text!).ToList();
        texts.ShouldBeUnique();
        _acknowledged.Except(texts).ShouldBeEmpty("Every acknowledged message is there.");
        texts.Except(_sent).ShouldBeEmpty("Nothing is there that was never sent.");
        texts.Where(_acknowledged.Contains).ShouldBe(_acknowledged, "In the order in which they were written.");
    }

    private async Task Begin(CancellationToken stop)
    {
        var answer = await Persist(() => http.PostAsJsonAsync("/v1/widget/sessions", new { inbox }, stop), stop);
        if (answer is not null)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", JsonDocument.Parse(answer).RootElement.GetProperty("token").GetString());
        }
    }

    private async Task<bool> UntilAcknowledged(int i, string text, CancellationToken stop)
    {
        var path = _conversation is null ? "/v1/widget/conversations" : $"/v1/widget/conversations/{_conversation}/messages";
        var answer = await Persist(() => http.PostAsJsonAsync(path, new { clientId = $"m{i}", content = new { type = "text", text } }, stop), stop);
        if (answer is null)
        {
            return false;
        }

        _conversation ??= JsonDocument.Parse(answer).RootElement.GetProperty("conversation").GetProperty("id").GetString();
        return true;
    }

    /// <summary>Sends again until there is an answer that counts. A broken connection, 429 and 503 are none; anything but success otherwise is a fault of the product.</summary>
    private async Task<string?> Persist(Func<Task<HttpResponseMessage>> send, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var response = await send();
                var text = await response.Content.ReadAsStringAsync(stop);
                if (response.IsSuccessStatusCode)
                {
                    return text;
                }

                response.StatusCode.ShouldBeOneOf(HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable);
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
            {
                Again++;
            }

            await Pause(30, stop);
        }

        return null;
    }

    private async Task<List<(long Seq, long Prev, string? Text)>> Thread()
    {
        var found = new List<(long, long, string?)>();
        for (var (after, more) = (0L, true); more;)
        {
            using var page = JsonDocument.Parse(await http.GetStringAsync($"/v1/widget/conversations/{_conversation}/timeline?after={after}&limit=500"));
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray())
            {
                after = item.GetProperty("seq").GetInt64();
                found.Add((after, item.GetProperty("prev").GetInt64(), item.TryGetProperty("content", out var content) ? content.GetProperty("text").GetString() : null));
            }

            more = page.RootElement.GetProperty("more").GetBoolean();
        }

        return found;
    }

    private static async Task Pause(int milliseconds, CancellationToken stop)
    {
        if (!stop.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(milliseconds, stop));
        }
    }
}
