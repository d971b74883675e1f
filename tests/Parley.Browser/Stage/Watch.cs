using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Parley.Browser.Stage;

/// <summary>
/// Listens to every page of a browser: where its requests go, and what it complains about (faults in scripts, content that a policy refused).
/// Held against it after each test: nothing leaves the own origins, nothing is complained about.
/// </summary>
public sealed partial class Watch(params string[] origins)
{
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly List<Regex> _expected = [];
    private readonly List<string> _origins = [.. origins];

    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>What the browser said without complaining: warnings to whoever runs the site.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    public void On(IBrowserContext context)
    {
        context.Request += (_, request) => _requests.Enqueue(request.Url);
        context.Page += (_, page) => page.WebSocket += (_, socket) => _requests.Enqueue(socket.Url);
        context.Console += (_, message) => Hear(message.Type, $"{message.Text} ({message.Location})");
        context.WebError += (_, error) => _complaints.Enqueue(error.Error);
    }

    /// <summary>A complaint that the story brings about itself: a server that is away, a refusal that is shown.</summary>
    public void Expect(string pattern) => _expected.Add(new Regex(pattern));

    /// <summary>Another address of the own server.</summary>
    public void Own(Uri address) => _origins.Add(address.GetLeftPart(UriPartial.Authority));

    /// <summary>While a network is cut or a server restarts, the browser says so itself.</summary>
    public void ExpectOutage() => Expect(@"net::ERR_|WebSocket connection to|the server responded with a status of 50\d");

    public void Hold()
    {
        Requests.Where(url => !IsOwn(url)).ShouldBeEmpty("A request left the own origins.");
        _complaints.Where(complaint => !_expected.Any(pattern => pattern.IsMatch(complaint))).ShouldBeEmpty("The browser complained.");
    }

    private bool IsOwn(string url) =>
        url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal) || url.StartsWith("about:", StringComparison.Ordinal)
        || _origins.Any(origin => url == origin || url.StartsWith(origin + "/", StringComparison.Ordinal) || url.StartsWith(Scheme().Replace(origin, "ws") + "/", StringComparison.Ordinal));

    private void Hear(string type, string text)
    {
        if (type is "warning")
        {
            _warnings.Enqueue(text);
        }

        if (type is "error" || text.Contains("Content Security Policy", StringComparison.Ordinal))
        {
            _complaints.Enqueue($"{type}: {text}");
        }
    }

    [GeneratedRegex("^http")]
    private static partial Regex Scheme();
}
