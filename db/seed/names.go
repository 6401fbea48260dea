package seed

import (
	"math/rand/v2"
	"strings"
)

// A spelling is a name in both scripts. Names from elsewhere are in Latin
// letters in both.
type spelling struct{ georgian, latin string }

// spellings reads pairs "ნინო Nino", one after another.
func spellings(text string) []spelling {
	words := strings.Fields(text)
	all := make([]spelling, len(words)/2)
	for i := range all {
		all[i] = spelling{words[2*i], words[2*i+1]}
	}
	return all
}

// plain reads names that have one spelling only.
func plain(text string) []spelling {
	var all []spelling
	for _, w := range strings.Fields(text) {
		all = append(all, spelling{w, w})
	}
	return all
}

var georgianWomen = spellings(`
	ნინო Nino მარიამ Mariam ანა Ana თამარ Tamar ნათია Natia ქეთევან Ketevan ეკატერინე Ekaterine სალომე Salome
	მაია Maia ლელა Lela თეონა Teona ნანა Nana ელენე Elene ბარბარე Barbare ია Ia მანანა Manana ლია Lia
	ირინე Irine ნატო Nato ხათუნა Khatuna თინათინ Tinatin მაკა Maka სოფიო Sopio ლანა Lana დარეჯან Darejan
	გვანცა Gvantsa ნესტან Nestan ეთერ Eter მზია Mzia ციალა Tsiala დალი Dali ლამარა Lamara რუსუდან Rusudan
	შორენა Shorena ნუცა Nutsa ქრისტინე Kristine თათია Tatia მედეა Medea ლიანა Liana ჟუჟუნა Zhuzhuna ნონა Nona
	ელისო Eliso თეა Tea ნელი Neli ეკა Eka ანი Ani ნია Nia ლიზა Liza მაგდა Magda ცისანა Tsisana`)

var georgianMen = spellings(`
	გიორგი Giorgi დავით Davit ლევან Levan ნიკოლოზ Nikoloz ლუკა Luka ირაკლი Irakli ზურაბ Zurab თორნიკე Tornike
	ალექსანდრე Aleksandre საბა Saba მამუკა Mamuka ვახტანგ Vakhtang შოთა Shota ბექა Beka გელა Gela ზაზა Zaza
	თემურ Temur ოთარ Otar მერაბ Merab არჩილ Archil ბადრი Badri კახა Kakha ლაშა Lasha გოჩა Gocha ნოდარ Nodar
	სანდრო Sandro რევაზ Revaz თენგიზ Tengiz გიგა Giga ჯაბა Jaba ვაჟა Vazha იოსებ Ioseb მიხეილ Mikheil
	პაატა Paata როინ Roin სერგო Sergo უშანგი Ushangi ხვიჩა Khvicha ჯემალ Jemal ელგუჯა Elguja გურამ Guram
	ამირან Amiran ბესიკ Besik დემეტრე Demetre ემზარ Emzar კონსტანტინე Konstantine ანდრია Andria ცოტნე Tsotne
	ავთანდილ Avtandil ბაჩანა Bachana`)

var georgianFamilies = append(spellings(`
	ბერიძე Beridze კაპანაძე Kapanadze გელაშვილი Gelashvili მაისურაძე Maisuradze გიორგაძე Giorgadze ლომიძე Lomidze
	წიკლაური Tsiklauri ბოლქვაძე Bolkvadze ქავთარაძე Kavtaradze ხუციშვილი Khutsishvili აბაშიძე Abashidze მელაძე Meladze
	ნოზაძე Nozadze ჯაფარიძე Japaridze შენგელია Shengelia ჩიქოვანი Chikovani დადიანი Dadiani ჯანელიძე Janelidze
	კობახიძე Kobakhidze წერეთელი Tsereteli ფირცხალავა Pirtskhalava ხარაზიშვილი Kharazishvili ჭანტურია Chanturia
	ძიძიგური Dzidziguri ყიფიანი Kipiani ღლონტი Ghlonti ჟღენტი Zhghenti კვირიკაშვილი Kvirikashvili ცინცაძე Tsintsadze
	წულაია Tsulaia გოგოლაძე Gogoladze მჭედლიშვილი Mchedlishvili ლორთქიფანიძე Lortkipanidze რამიშვილი Ramishvili
	გვენეტაძე Gvenetadze თოდუა Todua ქარჩავა Karchava ზარანდია Zarandia შონია Shonia ჯიქია Jikia ლატარია Lataria
	ნადირაძე Nadiradze მამულაშვილი Mamulashvili თაბაგარი Tabagari გულიაშვილი Guliashvili აფციაური Aptsiauri
	ხვედელიძე Khvedelidze კიკნაძე Kiknadze ინასარიძე Inasaridze ტაბატაძე Tabatadze ონიანი Oniani გურგენიძე Gurgenidze
	მარგიანი Margiani ჭყონია Chkonia პაპიაშვილი Papiashvili ხელაია Khelaia სიჭინავა Sichinava გაბუნია Gabunia
	შუბითიძე Shubitidze ეგაძე Egadze ვეკუა Vekua დოლიძე Dolidze ფუტკარაძე Putkaradze თურმანიძე Turmanidze
	ჩხეიძე Chkheidze კალანდაძე Kalandadze ბაქრაძე Bakradze ჩაჩუა Chachua ქურდაძე Kurdadze ნიჟარაძე Nizharadze
	არაბული Arabuli ბურდული Burduli ჯალაღონია Jalaghonia წიქარიშვილი Tsikarishvili რობაქიძე Robakidze გომართელი Gomarteli`),
	compounds()...)

// compounds joins the stems that both common endings go with.
func compounds() []spelling {
	stems := spellings(`
		ალექსი Aleksi არჩვა Archva ბაღა Bagha ბახტა Bakhta ბიჭია Bichia გაბრი Gabri გიგა Giga გოგი Gogi გრიგალა Grigala
		დავითა Davita დემურა Demura ელია Elia ვაშა Vasha ზაქარი Zakari ზურა Zura თამაზა Tamaza თევდორა Tevdora
		იაკობი Iakobi ივანი Ivani იმნა Imna კაკა Kaka კახი Kakhi კვერნა Kverna კირვალი Kirvali ლაზარი Lazari ლევა Leva
		ლუკა Luka მათი Mati მახარა Makhara მიქა Mika მოდება Modeba ნატრი Natri ნაცვლი Natsvli ოდი Odi ოსი Osi პავლი Pavli
		პეტრია Petria რაზმა Razma როსტომა Rostoma საბა Saba სვანი Svani სოლომონი Solomoni ტატი Tati უნდილა Undila
		ფანჯი Panji ფრანგი Prangi ქადა Kada ღონღა Ghongha ყანდა Kanda შავი Shavi შალამბერი Shalamberi ჩიტა Chita
		ცაბა Tsaba ძაგა Dzaga წამალა Tsamala ჭანუყვა Chanukva ხაჩი Khachi ხოშტა Khoshta ჯავახი Javakhi ჯინჭარა Jinchara`)
	var all []spelling
	for _, s := range stems {
		all = append(all, spelling{s.georgian + "ძე", s.latin + "dze"}, spelling{s.georgian + "შვილი", s.latin + "shvili"})
	}
	return all
}

// Syllables of which families are made up that few people share.
var (
	firstSyllables = spellings(`ბა Ba გო Go დე De ვა Va ზი Zi თა Ta კო Ko ლე Le მა Ma ნი Ni პა Pa რუ Ru სა Sa ტა Ta ფი Pi ქა Ka
		ღო Gho ყა Ka ში Shi ჩა Cha ცი Tsi ძა Dza წი Tsi ჭა Cha ხა Kha ჯა Ja`)
	nextSyllables = spellings(`ბუ bu გა ga დი di ვა va ზა za თუ tu კვა kva ლი li მე me ნა na რა ra სი si ტა ta ფა pa ქი ki ში shi
		ჩი chi ხო kho ჯი ji`)
	lastSyllables = spellings(`ძე dze ძე dze შვილი shvili შვილი shvili ური uri იანი iani`)
)

func rareFamily(r *rand.Rand) spelling {
	family := pick(r, firstSyllables)
	for _, s := range []spelling{pick(r, nextSyllables), pick(r, nextSyllables), pick(r, lastSyllables)} {
		family.georgian += s.georgian
		family.latin += s.latin
	}
	return family
}

// An origin is what people from one part of the world are called, and the
// language that they speak.
type origin struct {
	tongue               string // BCP 47
	women, men, families []spelling
}

var georgian = origin{"ka", georgianWomen, georgianMen, georgianFamilies}

// elsewhere has accents that searches forgive.
var elsewhere = []origin{
	{"hy", plain("Anahit Gayane Lusine Mariam Narine"), plain("Armen Hayk Tigran Artur Karen"), plain("Grigoryan Petrosyan Sargsyan Hakobyan")},
	{"az", plain("Leyla Aysel Gülnar Sevinc"), plain("Elçin Ramiz Rəşad Vüqar"), plain("Məmmədov Hüseynov Quliyev Əliyev")},
	{"tr", plain("Ayşe Ebru Zeynep Gülşen"), plain("Mehmet Özgür Emre Çağlar"), plain("Yılmaz Öztürk Çelik Şahin")},
	{"ru", plain("Olga Svetlana Elena Tamara"), plain("Sergei Andrei Pavel Nikita"), plain("Shevchenko Kovalenko Bondarenko Chernykh")},
	{"en", plain("Emma Sarah Siobhán Zoë"), plain("John William Seán Thomas"), plain("Smith Johnson O'Brien MacDonald")},
	{"de", plain("Ingrid Käthe Anneliese Heike"), plain("Jürgen Karl Björn Matthias"), plain("Müller Schröder Weiß Jäger")},
	{"fr", plain("Chloé Hélène Françoise Renée"), plain("François Jérôme Luc Étienne"), plain("Lefèvre Béranger D'Angelo Garçon")},
	{"es", plain("Lucía Inés Nuria Begoña"), plain("José Luis Ángel Íñigo"), plain("García Núñez Muñoz Fernández")},
	{"pl", plain("Małgorzata Agnieszka Zofia"), plain("Łukasz Paweł Stanisław"), plain("Wójcik Nowak Kowalczyk Łuczak")},
	{"cs", plain("Jiřina Zdeňka Milena"), plain("Václav Tomáš Ondřej"), plain("Dvořák Novák Svoboda Krejčí")},
	{"da", plain("Kirsten Agnès Bodil"), plain("Søren Henrik Åge"), plain("Østergård Bjørnsson Sørensen Åkesson")},
}

// A name is how a person is called, as the record writes it.
type name struct {
	given, family string
	tongue        string
	georgian      bool // in Georgian letters
}

// The shares of names, in percent: three in five are in Georgian letters.
const (
	georgianNames   = 85
	georgianLetters = 71 // of the Georgian names
	rareFamilies    = 5  // of the Georgian names
)

func newName(r *rand.Rand, female bool) name {
	from := georgian
	if !percent(r, georgianNames) {
		from = pick(r, elsewhere)
	}
	given := from.men
	if female {
		given = from.women
	}
	g, f := given[skewed(r, len(given))], from.families[skewed(r, len(from.families))]
	if from.tongue == georgian.tongue && percent(r, rareFamilies) {
		f = rareFamily(r)
	}
	if from.tongue == georgian.tongue && percent(r, georgianLetters) {
		return name{g.georgian, f.georgian, from.tongue, true}
	}
	return name{g.latin, f.latin, from.tongue, false}
}
