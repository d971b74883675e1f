using System.Collections.Immutable;
using System.Text;
using Parley.Channels;
using Parley.Channels.Email;
using Parley.Channels.Email.Reading;
using Parley.Platform;
using Parley.Platform.Keys;
using Parley.Platform.Mail.Threads;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Email.Reading;

/// <summary>What one mail says, and to whom that belongs.</summary>
public sealed class EmailReadingTests : IAsyncLifetime
{
    private const string Address = "support@lighthouse.test";
    private const string Bounce = "Content-Type: multipart/report; boundary=r\n\n--r\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; ben@example.test\nAction: failed\nStatus: 5.1.1\n\n--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: <theirs@example.test>\n--r--\n";

    private static readonly Guid Thread = Guid.Parse("0197c0de-0000-7000-8000-0000000000aa");

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-mails-").FullName;
    private readonly Clock _clock = new();
    private Database _database = null!;
    private KeyRing _keys = null!;

    private string Token => ThreadNames.Address(_keys, Address, Thread)!;

    private string Ours => ThreadNames.MessageId(_keys, Thread, "w1", "lighthouse.test");

    public async Task InitializeAsync()
    {
        _database = new Database(new SqliteDialect(Path.Combine(_folder, "parley.db")));
        await new Migrations(_database, PlatformModule.Module.Migrations, _clock).Apply();
        _keys = new KeyRing(_database, _clock, new KeySettings());
        await _keys.Load();
    }

    public Task DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public void Whoever_is_called_as_servers_are_is_heard_and_what_went_well_is_no_failure()
    {
        Read($"From: Postmaster <postmaster@bakery.test>\nTo: {Token}\nIn-Reply-To: <{Ours}>\nSubject: Re: Bread\n\nWe would like 250 pieces.\n").ShouldHaveSingleItem().ShouldBeOfType<InboundMessage>().Text.ShouldBe("We would like 250 pieces.");
        Read($"From: Ana <ana@example.test>\nTo: {Token}\nIn-Reply-To: <{Ours}>\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\nBen never got it.\n--m\n{Bounce}--m--\n").OfType<InboundMessage>().Single().Text!.ShouldStartWith("Ben never got it.");
    }

    [Theory]
    [InlineData("Return-Path: <>\n", true)]
    [InlineData("Auto-Submitted: auto-replied\n", true)]
    [InlineData("Return-Path: <postmaster@mx.test>\nAuto-Submitted: auto-replied\n", false)]
    [InlineData("", false)]
    public void What_only_a_server_says_is_no_word_of_anybody(string head, bool isAlone)
    {
        var read = Read($"{head}From: MAILER-DAEMON@mx.test\nTo: {Token}\nSubject: failure notice\n\n<ana@example.test>:\n550 5.1.1 No such user\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <{Ours}>\n");
        read.OfType<InboundReceipt>().Single().State.ShouldBe(ReceiptState.Failed);
        read.OfType<InboundMessage>().Any().ShouldBe(!isAlone);
        Read($"From: MAILER-DAEMON@mx.test\nTo: {Token}\n{Bounce.Replace("theirs@example.test", Ours)}").ShouldHaveSingleItem().ShouldBeOfType<InboundReceipt>();
    }

    [Fact]
    public void Whom_to_answer_is_no_sender_where_something_of_ours_would_make_it_theirs()
    {
        const string Form = "From: noreply@evil.test\nReply-To: ana@example.test\nSubject: Hello\n";
        Sender($"{Form}To: {Token}\n\nHello\n").ShouldBe("noreply@evil.test");
        Sender($"{Form}To: {Address}\nIn-Reply-To: <{Ours}>\n\nHello\n").ShouldBe("noreply@evil.test");
        Sender($"{Form}To: {Address}\n\nHello\n").ShouldBe("ana@example.test");

        string Sender(string mail) => Read(mail).OfType<InboundMessage>().Single().From.Address;
    }

    [Fact]
    public void What_is_told_of_a_mail_says_whose_it_is_and_its_conversation_where_it_does_not_say_which_mail()
    {
        var named = Read($"From: MAILER-DAEMON@mx.test\nTo: {Token}\n{Bounce}").OfType<InboundReceipt>().Single();
        (named.Recipient, named.Conversation).ShouldBe(("ben@example.test", null));
        var nameless = Read($"From: MAILER-DAEMON@mx.test\nTo: {Token}\n{Bounce.Replace("Message-ID: <theirs@example.test>", "Subject: Bread")}").OfType<InboundReceipt>().Single();
        nameless.Conversation.ShouldBe(new ConversationId(Thread));
    }

    [Fact]
    public void Who_hands_a_mail_in_says_nothing_of_how_it_was_fetched()
    {
        const string Mail = "From: ana@example.test\nTo: support@lighthouse.test\n\nHello\n";
        foreach (var name in new[] { EmailReading.Missed, EmailReading.Old, EmailReading.Received })
        {
            var said = Read(Mail, "POST", (name, "1")).ShouldHaveSingleItem().ShouldBeOfType<InboundMessage>();
            (said.Mail!.IsOld, said.Mail.Received).ShouldBe((false, null));
        }

        Read(Mail, EmailReading.Imap, (EmailReading.Old, "1"), (EmailReading.Received, "99999999999999999")).ShouldHaveSingleItem().ShouldBeOfType<InboundMessage>().Mail!.IsOld.ShouldBeTrue();
    }

    private IReadOnlyList<Inbound> Read(string mail, string method = "POST", params (string Name, string Value)[] headers) => new EmailReading(_keys, new EmailSettings(Address), _clock).Read(
        new RawRequest(method, EmailHooks.Mime, headers.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value), ImmutableSortedDictionary<string, string>.Empty, Encoding.UTF8.GetBytes(mail)));
}
