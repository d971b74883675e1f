using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.Platform;
using Parley.Platform.Keys;
using Parley.Workspaces;
using Parley.Workspaces.Accounts;

namespace Parley.Contacts;

/// <summary>What is handed out to a visitor's browser, signed: it proves who may write as whom, and nothing has to be stored for it.</summary>
public sealed record VisitorPass(WorkspaceId Workspace, BrandId Brand, InboxId Inbox, ContactId Visitor, Guid Device, long Generation, DateTimeOffset Until)
{
    /// <summary>The only thread that it opens; null: all of the person's.</summary>
    public ConversationId? Thread { get; init; }

    /// <summary>By which link it came to a single thread (the hash of its secret): when that is gone, so is this.</summary>
    public byte[]? Link { get; init; }

    public string DeviceText => Base32.Encode(Device);
}

/// <summary>
/// Signs and proves what visitors hold: the <c>token</c> for a session (12 h), and <c>resume</c>, with which the same browser comes back (400 days).
/// Both name the generation of their time; when the contact's was raised since, they are dead.
/// </summary>
public sealed class VisitorTokens(KeyRing keys, People people, Rosters rosters, Links links, TimeProvider time) : IProof
{
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(12);

    /// <summary>Of a session that came by a link.</summary>
    public static readonly TimeSpan LinkedLife = TimeSpan.FromHours(1);
    public static readonly TimeSpan ResumeLife = TimeSpan.FromDays(400);

    private const string TokenPurpose = "visitor.token";
    private const string ResumePurpose = "visitor.resume";
    private const byte Shape = 1;
    private const byte OneThread = 2;
    private const int Proven = 20_000;
    private const int Length = 1 + (5 * 16) + 8 + 8;
    private const int Hash = 32;
    private const int WithThread = Length + 16 + Hash;

    // A busy visitor shows the same token again and again; what was proven once is proven.
    private readonly ConcurrentDictionary<string, Proof> _proven = new();

    public string Token(VisitorPass pass) => keys.Sign(TokenPurpose, Write(pass));

    public string Resume(VisitorPass pass) => keys.Sign(ResumePurpose, Write(pass));

    /// <summary>What a resume says, if it is ours and of this brand, has not run out, and is still honoured.</summary>
    public async ValueTask<VisitorPass?> Resumed(string? text, WorkspaceId workspace, BrandId brand) =>
        Read(ResumePurpose, text) is { } pass && pass.Workspace == workspace && pass.Brand == brand
        && await Stands(pass)
        && (await people.State(workspace, pass.Visitor) is not { } state || state.Honours(pass.DeviceText, pass.Generation))
            ? pass
            : null;

    public async ValueTask<Principal?> Of(string bearer)
    {
        // The roster is loaded for whoever has a principal: names and policies are read from it without waiting.
        if (Prove(bearer) is not { Pass: var pass } proof || await rosters.Of(pass.Workspace) is not { } roster || roster.Inbox(pass.Inbox) is null)
        {
            return null;
        }

        var state = await people.State(pass.Workspace, pass.Visitor);
        if ((state is not null && !state.Honours(pass.DeviceText, pass.Generation)) || !await Stands(pass))
        {
            return null;
        }

        var person = state?.Becomes ?? pass.Visitor;
        var whole = person == pass.Visitor ? state : await people.State(pass.Workspace, person);
        if (pass.Thread is { } only && whole is not null && whole.Hidden.Contains(only))
        {
            // The link went to the guest who wrote there, and not to whom this device was later known as.
            (person, whole) = (pass.Visitor, state);
        }

        // Whom colleagues know them as says what they may not do, and nothing of what they may.
        var known = whole?.Person is { } survivor && survivor != person ? await people.State(pass.Workspace, survivor) : null;
        if (proof.Last is { } last && ReferenceEquals(last.State, state) && ReferenceEquals(last.Whole, whole) && ReferenceEquals(last.Known, known) && last.Who.Person == person)
        {
            // Nothing was written of them since: who they were they are.
            return last.Who;
        }

        var who = new VisitorPrincipal(pass.Workspace, pass.Visitor, person, pass.Inbox, pass.DeviceText, whole?.Verified ?? false, pass.Generation)
        {
            Only = pass.Thread,
            Blocked = state is { Blocked: true } || whole is { Blocked: true } || known is { Blocked: true },
            Contacts = whole is { Brought.IsEmpty: false } ? [person, .. whole.Brought] : [person],
            Hidden = whole is { Hidden.IsEmpty: false } ? [.. whole.Hidden] : ImmutableHashSet<ConversationId>.Empty,
        };
        proof.Last = new(state, whole, known, who);
        return who;
    }

    /// <summary>Of what came by a link: that very link is still good. Asked every time, for it may have been taken back on another node.</summary>
    private async ValueTask<bool> Stands(VisitorPass pass) => pass.Thread is null || (pass.Link is { } link && await links.Stands(Links.Thread, link));

    private Proof? Prove(string bearer)
    {
        if (_proven.TryGetValue(bearer, out var known))
        {
            return known.Pass.Until > time.GetUtcNow() ? known : null;
        }

        if (Read(TokenPurpose, bearer) is not { } pass)
        {
            return null;
        }

        if (_proven.Count >= Proven)
        {
            _proven.Clear();
        }

        return _proven[bearer] = new Proof(pass);
    }

    private static byte[] Write(VisitorPass pass)
    {
        var bytes = new byte[pass.Thread is null ? Length : WithThread];
        bytes[0] = pass.Thread is null ? Shape : OneThread;
        var ids = new[] { pass.Workspace.Value, pass.Brand.Value, pass.Inbox.Value, pass.Visitor.Value, pass.Device };
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i].TryWriteBytes(bytes.AsSpan(1 + (i * 16)), bigEndian: true, out _);
        }

        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(Length - 16), pass.Generation);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(Length - 8), pass.Until.ToUnixTimeMilliseconds());
        pass.Thread?.Bytes.CopyTo(bytes, Length);
        pass.Link?.CopyTo(bytes, Length + 16);
        return bytes;
    }

    private VisitorPass? Read(string purpose, string? text)
    {
        if (keys.Verify(purpose, text) is not { } bytes || (bytes.Length, bytes.FirstOrDefault()) is not ((Length, Shape) or (WithThread, OneThread)))
        {
            return null;
        }

        Guid Id(int i) => new(bytes.AsSpan(1 + (i * 16), 16), bigEndian: true);
        var until = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(Length - 8)));
        return until <= time.GetUtcNow()
            ? null
            : new(new(Id(0)), new(Id(1)), new(Id(2)), new(Id(3)), Id(4), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(Length - 16)), until)
            {
                Thread = bytes[0] == OneThread ? ConversationId.From(bytes[Length..(Length + 16)]) : null,
                Link = bytes[0] == OneThread ? bytes[(Length + 16)..] : null,
            };
    }

    /// <summary>A token that was proven, and who showed it last.</summary>
    private sealed class Proof(VisitorPass pass)
    {
        public VisitorPass Pass { get; } = pass;

        public Shown? Last { get; set; }
    }

    /// <param name="State">As it stood then, like the others: while they are the same objects nothing has changed.</param>
    private sealed record Shown(Contact? State, Contact? Whole, Contact? Known, VisitorPrincipal Who);
}
