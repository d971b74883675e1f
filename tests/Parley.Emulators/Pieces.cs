using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;

namespace Parley.Emulators;

/// <summary>One thing that a provider tells the company.</summary>
/// <param name="Id">What the provider calls it.</param>
public abstract record Piece(string Id);

/// <summary>A customer's word, or a button that they pressed.</summary>
public sealed record Word(string Id, string From, string Text, string? Name = null, string? Answers = null, string? Choice = null, DateTimeOffset? At = null) : Piece(Id);

/// <summary>How far one of the company's messages got: <c>delivered</c>, <c>read</c> or <c>failed</c>.</summary>
public sealed record Receipt(string Id, string Of, string State) : Piece(Id);

/// <summary>Something that was said to a customer in the provider's own app.</summary>
public sealed record Echo(string Id, string To, string Text) : Piece(Id);

/// <summary>Whatever it is, as it is.</summary>
public sealed record Bare(object What) : Piece("");

/// <summary>How a request is proven.</summary>
public enum Proof { Right, Forged, Old }

/// <summary>What the company answered; <see cref="HttpStatusCode.Accepted"/> by ourselves: it is kept back.</summary>
public sealed record Reply(HttpStatusCode Status, string Text, HttpResponseHeaders Headers);

public sealed record Button(string Id, string Text, string? Url = null);

public sealed record Card(string Title, string? Text, string? Image, ImmutableArray<Button> Buttons);

public sealed record Attached(string Name, string Url);

/// <summary>Something that the company says to a customer.</summary>
/// <param name="Times">How often it came: what has come already is not shown again.</param>
public sealed record Heard(string Id, string To, string Text)
{
    public string? By { get; init; }

    public ImmutableArray<Button> Buttons { get; init; } = [];

    public ImmutableArray<Card> Cards { get; init; } = [];

    public Attached? File { get; init; }

    public int Times { get; init; } = 1;

    /// <summary>What was told of it last.</summary>
    public string? State { get; init; }
}

/// <summary>A line of a customer's thread as they see it: their own word, or the company's.</summary>
public sealed record Line(int Number, string Customer, DateTimeOffset At, string? Said, Heard? Heard)
{
    /// <summary>What became of a word of theirs.</summary>
    public string? State { get; init; }
}

/// <summary>What went over the wire, for whoever looks for a fault.</summary>
public sealed record Wired(DateTimeOffset At, bool Out, string What, int Status, string? Fault);
