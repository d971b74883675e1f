using System.Collections.Concurrent;
using Parley.Tests.Cast;

namespace Parley.Specs.Channels;

/// <summary>What a customer says, as the spec has it; a provider makes its own words of it.</summary>
public sealed record Word(string Key, string From, string Text, string? Name = null, string? Answers = null);

/// <summary>What came out to a customer.</summary>
public sealed record Heard(string Id, string To, string Text, int Times);

/// <summary>How the provider answers a message of ours.</summary>
public enum Mood { Takes, Throttles, Down, Refuses, WrongSettings, TakesAndHangs }

/// <summary>The other side of a channel, for its specification: says what customers say, hears what they are answered, and behaves as badly as it is told to.</summary>
public abstract class Provider : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Heard> _heard = new();

    public abstract string Kind { get; }

    /// <summary>What an admin types; what the server made comes with <see cref="Connect"/>.</summary>
    public abstract object Settings { get; }

    /// <summary>Settings that its own record of them must hold.</summary>
    public virtual Mood Mood { get; set; } = Mood.Takes;

    /// <summary>How often it was called, whatever it answered.</summary>
    public virtual int Calls { get; protected set; }

    public IReadOnlyCollection<Heard> All => [.. _heard.Values];

    /// <summary>In the order in which they came first.</summary>
    public ConcurrentQueue<string> Order { get; } = new();

    /// <summary>It is set up: where it calls, and what it shows.</summary>
    public abstract void Connect(string address, IReadOnlyDictionary<string, string> made, Clock clock);

    /// <summary>One request with all of them, proven as the provider proves itself.</summary>
    /// <param name="key">What the provider calls the request; null: nothing.</param>
    public abstract Task<Answer> Say(Caller caller, string? key, params Word[] words);

    /// <summary>A request that nobody may believe: signed by another, or signed long ago.</summary>
    public abstract Task<Answer> Forge(Caller caller, bool old, Word word);

    /// <summary>A batch in which the first piece is nothing that can be read.</summary>
    public abstract Task<Answer> Mangle(Caller caller, Word good);

    /// <summary>What it tells of a message that it took.</summary>
    public abstract Task<Answer> Tell(Caller caller, string key, string message, string state);

    /// <summary>Larger than the channel takes.</summary>
    public abstract Task<Answer> Flood(Caller caller);

    public abstract ValueTask DisposeAsync();

    protected void Hear(string id, string to, string text)
    {
        if (_heard.TryAdd(id, new Heard(id, to, text, 1)))
        {
            Order.Enqueue(text);
        }
        else
        {
            _heard[id] = _heard[id] with { Times = _heard[id].Times + 1 };
        }
    }
}
