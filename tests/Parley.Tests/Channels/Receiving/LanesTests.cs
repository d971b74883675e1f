using Parley.Channels;
using Parley.Channels.Receiving;
using Parley.Conversations;
using Parley.Platform.Mail.Threads;
using Shouldly;

namespace Parley.Tests.Channels.Receiving;

public class LanesTests
{
    private static readonly Guid Thread = Guid.CreateVersion7();

    [Fact]
    public void Mails_of_different_people_go_beside_each_other_and_those_of_one_behind_each_other() =>
        Lanes.Of([[Mail("ana", "a1")], [Mail("ben", "b1")], [Mail("Ana", "a2")], [Mail("noor", "n1")]]).ShouldBe([[1], [0, 2], [3]]);

    [Fact]
    public void What_answers_a_mail_is_behind_it_whoever_wrote_it() => Lanes.Of([[Mail("ana", "a1")], [Mail("kim", "k1")], [Mail("ben", "b1", references: ["a1"])]]).ShouldBe([[1], [0, 2]]);

    [Fact]
    public void What_belongs_to_one_thread_is_one_lane_and_what_joins_two_lanes_makes_one_of_them() =>
        Lanes.Of([[Mail("ana", "a1", Thread)], [Mail("ben", "b1")], [Mail("noor", "n1", Thread, ["b1"])], [Mail("ben", "b2")]]).ShouldBe([[0, 1, 2, 3]]);

    [Fact]
    public void A_receipt_is_behind_what_is_said_in_its_thread_and_what_cannot_be_read_hangs_on_nothing() =>
        Lanes.Of([[Mail("ana", "a1", Thread)], [new InboundReceipt("r", "?", ReceiptState.Failed) { Conversation = new(Thread) }], [new InboundUnknown("x", "mail.missed")]]).ShouldBe([[0, 1], [2]]);

    [Fact]
    public void Of_channels_that_are_no_mail_what_came_first_goes_first() =>
        Lanes.Of([[new InboundMessage("1", new Sender("ana"), "One")], [Mail("ben", "b1")], [new InboundMessage("2", new Sender("ben"), "Two")]]).ShouldBe([[1], [0, 2]]);

    [Fact]
    public void A_receipt_of_a_channel_that_is_no_mail_is_behind_what_was_said_before_it() =>
        Lanes.Of([[new InboundMessage("1", new Sender("ana"), "One")], [new InboundReceipt("r", "1", ReceiptState.Delivered)]]).ShouldBe([[0, 1]]);

    private static InboundMessage Mail(string from, string id, Guid? thread = null, string[]? references = null) => new($"key {id}", new Sender($"{from}@example.test"), "Hello")
    {
        Name = id,
        Answers = [.. references ?? []],
        Mail = new(new Mailed(), null, new MailTies(thread is { } one ? [one] : [], [], references ?? [])),
    };
}
