namespace Parley.Server.Demo;

/// <summary>A simulated customer: what they call themselves, when they come, what they want to say, and what they know when they are asked.</summary>
/// <param name="Lines">The first opens the conversation; the next follow one by one, each when something was answered.</param>
internal sealed record Part(string Name, string Language, string Page, TimeSpan After, string[] Lines)
{
    public string Browser { get; init; } = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    /// <summary>What they answer to a question in which this stands, whichever comes first. Words are looked for from their beginning, in small letters.</summary>
    public (string[] Asked, string Answer)[] Knows { get; init; } = [];

    /// <summary>Said once when nobody answers.</summary>
    public string? Nudge { get; init; }

    /// <summary>How long they wait before they say that, and as long again before they leave.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long they are gone before they look again.</summary>
    public TimeSpan Away { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Said when they come back to an answer.</summary>
    public string? Back { get; init; }

    public string? Email { get; init; }
}
