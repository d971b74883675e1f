using System.Collections.Immutable;
using System.Text.Json;
using Parley.Platform;
using Parley.Platform.Mail;

namespace Parley.Channels;

/// <summary>
/// The contract of every channel: a way to reach people, one folder and one line in the <see cref="Catalog"/>. Everything around it (keeping what comes in, who it is from,
/// order, repeats, states, screens) is done here for all of them; a channel says what it can do, proves and reads what its provider sends, and hands over one message.
/// One that is an <c>IHostedService</c> runs with the server: who fetches instead of being called puts what it fetched into <see cref="Receiving.Arrivals"/>.
/// </summary>
public abstract class Channel
{
    /// <summary>Its name in data: what an inbox of it has as its <c>channel</c>. Never changed.</summary>
    public abstract string Kind { get; }

    /// <summary>Its name for people, in all languages of the console.</summary>
    public abstract LocalText Name { get; }

    /// <summary>What it is for, in a sentence.</summary>
    public abstract LocalText About { get; }

    public abstract Capabilities Capabilities { get; }

    /// <summary>What it can do as it is set up here, where that differs.</summary>
    public virtual Capabilities CapabilitiesOf(Connection connection) => Capabilities;

    /// <summary>What it can do as it is set up here; null: its settings cannot be read, or its secrets are lost with the keys of the installation, so that it can do nothing until somebody sets it up anew.</summary>
    internal Capabilities? Able(Connection connection)
    {
        try
        {
            return Fields.Any(field => field.IsSecret && (field.Required || field.Kind == SettingKind.Made) && connection.Text(field.Name) is not { Length: > 0 }) ? null : CapabilitiesOf(connection);
        }
        catch (Exception error) when (error is JsonException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What has to be set: the console draws its form from this. Each is a property of the channel's record of settings.</summary>
    public abstract ImmutableArray<Field> Fields { get; }

    /// <summary>A new secret for a field that the server makes.</summary>
    public virtual string Make(Field field) => Workspaces.Secrets.New();

    /// <summary>The names of secrets that would go to another server by what was changed.</summary>
    public virtual IEnumerable<string> Elsewhere(Connection before, Connection after) => [];

    /// <summary>What is wrong with settings beyond what the fields say themselves; nothing is called.</summary>
    public virtual IEnumerable<FieldFlaw> Flaws(Connection connection) => [];

    /// <summary>
    /// Whether a request is the provider's, by its raw bytes, and under which key it is kept; before anything in it is read. The provider waits for this: nothing here may take long.
    /// </summary>
    public abstract Admission Admit(RawRequest request, Connection connection, DateTimeOffset now);

    /// <summary>What a request that was admitted says, piece by piece. What cannot be read is an <see cref="InboundUnknown"/>, never an exception: the others of its batch count all the same.</summary>
    public abstract IReadOnlyList<Inbound> Receive(RawRequest request, Connection connection);

    /// <summary>A request with only those of its pieces, as <see cref="Receive"/> counts them: what stands in the log needs to stand nowhere else. As it came where that cannot be cut.</summary>
    public virtual RawRequest Cut(RawRequest request, IReadOnlySet<int> left) => request;

    /// <summary>Who cannot be the provider, said before the body is read; null: the body decides.</summary>
    /// <param name="head">The request without its body.</param>
    public virtual Admission.Refused? Stranger(RawRequest head, Connection connection, DateTimeOffset now) => null;

    /// <summary>Hands one piece over. What goes wrong out there is an outcome; an exception is a fault of ours, and counts as not knowing what became of it.</summary>
    public abstract Task<SendOutcome> Send(Outbound outbound, Connection connection, CancellationToken cancel);

    /// <summary>The mailbox that it is, by which other mails to the same people may go; null: it is none.</summary>
    public virtual MailAccount? Mailbox(Connection connection) => null;

    /// <summary>What stands below all that goes out by it; null: nothing.</summary>
    public virtual string? Signature(Connection connection) => null;

    /// <summary>What is wrong with what comes in by it, where it fetches; null: nothing, as far as anybody knows. Nothing is called.</summary>
    public virtual Task<Trouble?> Trouble(Connection connection) => Task.FromResult<Trouble?>(null);

    /// <summary>Whether the settings work, asked when somebody saves or tests them; null: they do, or nobody can say.</summary>
    public virtual Task<Failure?> Check(Connection connection, CancellationToken cancel) => Task.FromResult<Failure?>(null);
}

/// <summary>Why nothing comes in any more.</summary>
/// <param name="Code">What is to be looked at: <c>host</c>, <c>port</c>, <c>tls</c>, <c>password</c>, <c>folder</c> or <c>busy</c>.</param>
/// <param name="Why">In the provider's words.</param>
public sealed record Trouble(string Code, string? Why, DateTimeOffset Since);

/// <summary>A channel with its record of settings: one property for each of its fields, of the same name.</summary>
public abstract class Channel<TSettings> : Channel
    where TSettings : class
{
    protected static TSettings SettingsOf(Connection connection) => connection.Settings<TSettings>();
}
